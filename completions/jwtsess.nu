module completions {

  def "nu-complete jwtsess color" [] {
    [ "auto" "always" "never" ]
  }

  # Issue, explain, verify and renew the tokens (JWTs) of a login session, by hand and in scripts
  export extern jwtsess [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete jwtsess issue output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess issue color" [] {
    [ "auto" "always" "never" ]
  }

  # Log a user in by hand: print a token, or a pair of tokens
  export extern "jwtsess issue" [
    --user(-u): string        # The user to log in (written as sub; with simplejwt as user_id, with drf-jwt as username)
    --output(-o): string@"nu-complete jwtsess issue output" # How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    --batch                   # Read one JSON object of claims per line from the files or from standard input (its sub names the user), and print a line for each: the token, or of a pair what a server would answer
    --ttl: string             # How long the token lives: 90s, 15m, 1h30m, 7d
    --refresh-ttl: string     # How long the refresh token lives
    --session-max: string     # How long the session can be prolonged, from now
    --exp: string             # When the token expires (exp)
    --nbf: string             # When the token becomes valid (nbf)
    --iss: string             # Who issues the token (iss)
    --aud: string             # Whom the token is for (aud) [may repeat]
    --jti: string             # The token's id (jti) [default: a random one]
    --scope: string           # What the token allows (scope)
    --client-id: string       # The application that asked for the token (client_id)
    --user-id: string         # The user's number or id in a Django server's database (user_id)
    --email: string           # The user's e-mail address, as djangorestframework-jwt writes it (email)
    --claim(-c): string       # A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    --claims: string          # Claims as a JSON object, @FILE for a file, or - for standard input; --claim overrides them
    --header: string          # A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    --typ: string             # The type in the header (typ)
    --kid: string             # Sign with the key that has this id, or write the id into the header
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess issue color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    ...files: path            # With --batch: the files to read. Use - or leave them out to read standard input
  ]

  def "nu-complete jwtsess inspect kind" [] {
    [ "access" "refresh" "id" "any" ]
  }

  def "nu-complete jwtsess inspect only" [] {
    [ "accepted" "refused" ]
  }

  def "nu-complete jwtsess inspect color" [] {
    [ "auto" "always" "never" ]
  }

  # Explain a token: what it says, whether it is valid, and what to do
  export extern "jwtsess inspect" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --leeway: string          # How much two clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token issued longer ago than this
    --iss: string             # The required issuer (iss) [may repeat: any of them will do]
    --aud: string             # The required audience (aud) [may repeat: any of them will do]
    --sub: string             # The required subject (sub)
    --typ: string             # The required type in the header (typ)
    --require: string         # A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]
    --claim: string           # A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]
    --has: string             # A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --min-ttl: string         # Refuse a token that expires in less than this
    --kind: string@"nu-complete jwtsess inspect kind" # What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any
    --kid: string             # The required key id in the header (kid)
    --batch                   # Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped
    --only: string@"nu-complete jwtsess inspect only" # Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted
    --columns: string         # Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer
    --summary                 # Print no lines, only how many tokens there were by verdict, key id and issuer
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess inspect color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
    ...files: path            # With --batch: the files to read, TOKEN the first of them. Use - or leave them out to read standard input
  ]

  def "nu-complete jwtsess renew output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess renew color" [] {
    [ "auto" "always" "never" ]
  }

  # Prolong a session: print a fresh token for one that is still valid
  export extern "jwtsess renew" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --output(-o): string@"nu-complete jwtsess renew output" # How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    --within: string          # Renew only if the token expires within this time; else print the same token
    --ttl: string             # How long the fresh token lives [default: as long as the token given; under a Django profile, as long as its server would let it]
    --session-max: string     # How long the session can be prolonged, counted from its login
    --leeway: string          # How much two clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token issued longer ago than this
    --iss: string             # The required issuer (iss) [may repeat: any of them will do]
    --aud: string             # The required audience (aud) [may repeat: any of them will do]
    --sub: string             # The required subject (sub)
    --typ: string             # The required type in the header (typ)
    --require: string         # A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]
    --claim: string           # A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]
    --has: string             # A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --reuse-grace: string     # How long after its first use a retired token still gets the same successor [default: 0]
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess renew color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
  ]

  def "nu-complete jwtsess rotate output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Renew a token and retire it: from then on only its successor can be used
  export extern "jwtsess rotate" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --session: string         # Print this session's current tokens again, after an answer was lost
    --no-iss                  # The session whose tokens have no issuer, where several issuers have a session with that id
    --output(-o): string@"nu-complete jwtsess rotate output" # How to print them: token, access, refresh, env, wire (as a server answers) or auth-header
    --ttl: string             # How long the fresh access token lives [default: as long as the one before it]
    --refresh-ttl: string     # How long the fresh refresh token lives [default: as long as the token given]
    --session-max: string     # How long the session can be prolonged, counted from its login
    --leeway: string          # How much two clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token issued longer ago than this
    --iss: string             # The required issuer (iss) [may repeat: any of them will do]
    --aud: string             # The required audience (aud) [may repeat: any of them will do]
    --sub: string             # The required subject (sub)
    --typ: string             # The required type in the header (typ)
    --require: string         # A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]
    --claim: string           # A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]
    --has: string             # A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --reuse-grace: string     # How long after its first use a retired token still gets the same successor [default: 0]
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess rotate color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
  ]

  def "nu-complete jwtsess revoke color" [] {
    [ "auto" "always" "never" ]
  }

  # End sessions now: one by its token or id, or many at once
  export extern "jwtsess revoke" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --session: string         # End the session with this id
    --iss: string             # The issuer of the session, where several issuers have a session with that id
    --no-iss                  # The session whose tokens have no issuer, where several issuers have a session with that id
    --user(-u): string        # End every session of this user
    --issued-before: string   # End every session that began before this time; with --user, only that user's
    --all                     # End every session in the store
    --yes(-y)                 # End more than one session without asking
    --dry-run                 # Say what would end, without ending anything
    --unverified              # End the session that the token names even if its signature can't be checked; asks first
    --missing-ok              # Exit 0 even if there is nothing to end
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess revoke color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
  ]

  def "nu-complete jwtsess verify kind" [] {
    [ "access" "refresh" "id" "any" ]
  }

  def "nu-complete jwtsess verify only" [] {
    [ "accepted" "refused" ]
  }

  def "nu-complete jwtsess verify view" [] {
    [ "view" "stateless" "verify" "refresh" "sliding-refresh" "blacklist" ]
  }

  def "nu-complete jwtsess verify color" [] {
    [ "auto" "always" "never" ]
  }

  # Check a token: the exit status says yes or no
  export extern "jwtsess verify" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --leeway: string          # How much two clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token issued longer ago than this
    --iss: string             # The required issuer (iss) [may repeat: any of them will do]
    --aud: string             # The required audience (aud) [may repeat: any of them will do]
    --sub: string             # The required subject (sub)
    --typ: string             # The required type in the header (typ)
    --require: string         # A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]
    --claim: string           # A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]
    --has: string             # A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --min-ttl: string         # Refuse a token that expires in less than this
    --kind: string@"nu-complete jwtsess verify kind" # What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any
    --kid: string             # The required key id in the header (kid)
    --jws                     # Check only the header and the signature; the payload may be anything, and no claim can be checked. Only the profile's key and algorithms are used
    --batch                   # Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped
    --only: string@"nu-complete jwtsess verify only" # Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted
    --columns: string         # Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer
    --summary                 # Print no lines, only how many tokens there were by verdict, key id and issuer
    --as: string@"nu-complete jwtsess verify view" # Print what the profile's Django server would answer if the token were sent to this view: view (any view that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess verify color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
    ...files: path            # With --batch: the files to read, TOKEN the first of them. Use - or leave them out to read standard input
  ]

  def "nu-complete jwtsess decode part" [] {
    [ "header" "payload" "signature" ]
  }

  def "nu-complete jwtsess decode color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a token's parts as they are, without checking anything
  export extern "jwtsess decode" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # If the text holds several tokens, take the one with this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --part: string@"nu-complete jwtsess decode part" # Print only one part, byte for byte: header, payload or signature
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess decode color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without surrounding text (quotes, `Bearer`, a curl line). Use - or leave it out to read standard input
  ]

  def "nu-complete jwtsess encode output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess encode color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign claims of your own
  export extern "jwtsess encode" [
    --output(-o): string@"nu-complete jwtsess encode output" # How to print it: token, access, refresh, env, wire (as a server answers) or auth-header
    --claim(-c): string       # A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    --ttl: string             # How long the token lives: sets exp to that long from now
    --exp: string             # When the token expires (exp)
    --nbf: string             # When the token becomes valid (nbf)
    --header: string          # A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    --typ: string             # The type in the header (typ) [default: JWT]
    --kid: string             # Sign with the key that has this id, or write the id into the header
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess encode color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    claims?: string           # The claims as JSON, @FILE for a file, or - for standard input
  ]

  def "nu-complete jwtsess login grant" [] {
    [ "password" "client-credentials" "code" "device" ]
  }

  def "nu-complete jwtsess login output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess login mask" [] {
    [ "github" "auto" ]
  }

  def "nu-complete jwtsess login client_auth" [] {
    [ "basic" "post" "none" "private_key_jwt" ]
  }

  def "nu-complete jwtsess login redirect_host" [] {
    [ "127.0.0.1" "localhost" ]
  }

  def "nu-complete jwtsess login color" [] {
    [ "auto" "always" "never" ]
  }

  # Log in to a server, and keep its tokens for jwtsess token and jwtsess request
  export extern "jwtsess login" [
    --user(-u): string        # The user to log in
    --password: string        # Where the password is: env:NAME, file:PATH, … [default: asked for] [env: JWTSESS_PASSWORD]
    --grant: string@"nu-complete jwtsess login grant" # How to log in: password, client-credentials, code (in a browser) or device
    --refresh-token: string   # Where a refresh token is that you have already
    --scope: string           # What the tokens are to allow
    --resource: string        # What the access token is for (RFC 8707)
    --output(-o): string@"nu-complete jwtsess login output" # How to print the tokens: access, refresh, env, wire or auth-header [default: not at all]
    --mask: string@"nu-complete jwtsess login mask" # Have GitHub Actions hide the token in its log; auto: only where it runs
    --as: string              # The credential's name [default: the server's host]
    --replace                 # Put the credential in the place of another one of that name
    --no-save                 # Keep nothing: print the tokens with -o
    --to-origin: string       # Another origin that may have the access token, as in https://api.example [may repeat]
    --helper: string          # Keep the tokens with docker-credential-NAME: pass, osxkeychain, secretservice … [env: JWTSESS_CREDENTIAL_HELPER]
    --client-id: string       # The client's id
    --client-secret: string   # Where the client's secret is: env:NAME, file:PATH, … [env: JWTSESS_CLIENT_SECRET]
    --client-auth: string@"nu-complete jwtsess login client_auth" # How the client authenticates itself: basic, post, none or private_key_jwt
    --client-key: string      # The client's private key, as --key takes it elsewhere
    --refresh-path: string    # Where the server refreshes tokens, relative to URL
    --logout-path: string     # Where the server logs out, relative to URL
    --verify-path: string     # Where the server verifies tokens, relative to URL
    --user-field: string      # The member that holds the user, as in email
    --body: string            # Another member of the login: NAME=TEXT or NAME:=JSON [may repeat]
    --request-header: string  # Another header field of each request to the server [may repeat]
    --redirect-port: string   # The port on which the browser's answer is awaited [default: a free one]
    --redirect-host: string@"nu-complete jwtsess login redirect_host" # The host in the address that the browser is sent back to: 127.0.0.1 or localhost
    --wait: string            # How long the browser's answer is awaited [default: 3m]
    --no-browser              # Don't open a browser: only print the address
    --credentials: directory  # The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]
    --rehearse                # Allow what changes a session at the server while --now is set
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --offline                 # Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess login color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    url?: string              # An OAuth server's issuer, or the address that takes the password [default: the profile's]
  ]

  def "nu-complete jwtsess token output" [] {
    [ "token" "auth-header" "env" ]
  }

  def "nu-complete jwtsess token mask" [] {
    [ "github" "auto" ]
  }

  def "nu-complete jwtsess token color" [] {
    [ "auto" "always" "never" ]
  }

  # Print an access token that is good now, refreshed if need be
  export extern "jwtsess token" [
    --min-ttl: string         # How much longer the token has to be good
    --output(-o): string@"nu-complete jwtsess token output" # How to print it: token, auth-header or env
    --refresh                 # Refresh the token even if it is fresh
    --no-refresh              # Never refresh the token: a late one is an error (exit 5)
    --stale-ok                # If the server can't be asked, print a token that has only a second left
    --list                    # Show the credentials that are kept here
    --mask: string@"nu-complete jwtsess token mask" # Have GitHub Actions hide the token in its log; auto: only where it runs
    --credentials: directory  # The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]
    --rehearse                # Allow what changes a session at the server while --now is set
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --offline                 # Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess token color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    name?: string             # The credential [default: the only one] [env: JWTSESS_CREDENTIAL]
  ]

  def "nu-complete jwtsess logout color" [] {
    [ "auto" "always" "never" ]
  }

  # End a session at its server, and forget its credential
  export extern "jwtsess logout" [
    --all                     # End every session that is kept here
    --forget                  # Send nothing: only take the credential away
    --dry-run                 # Say what would be ended, and change nothing
    --credentials: directory  # The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]
    --rehearse                # Allow what changes a session at the server while --now is set
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --offline                 # Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess logout color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    name?: string             # The credential [default: the only one] [env: JWTSESS_CREDENTIAL]
  ]

  def "nu-complete jwtsess request color" [] {
    [ "auto" "always" "never" ]
  }

  # Send a request with a fresh access token, and print the answer's body
  export extern "jwtsess request" [
    --header(-H): string      # A header field [may repeat]
    --data(-d): string        # The body: text, @FILE for a file, or - for standard input; sent as application/json unless -H Content-Type says else
    --form: string            # A field of a form, which is the body [may repeat]
    --include(-i)             # Print the answer's status and header fields before its body
    --credential: string      # The credential [default: the one for that address] [env: JWTSESS_CREDENTIAL]
    --no-auth                 # Send no token
    --min-ttl: string         # How much longer the token has to be good [default: 60s]
    --no-retry                # Don't refresh and repeat when the server calls the token expired
    --credentials: directory  # The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]
    --rehearse                # Allow what changes a session at the server while --now is set
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --offline                 # Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess request color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    method: string            # GET, POST, PUT …
    url: string               # Where to; a path alone is at the credential's server
  ]

  def "nu-complete jwtsess session color" [] {
    [ "auto" "always" "never" ]
  }

  # Make the store; list, show and clean up its sessions
  export extern "jwtsess session" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess session color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess session init color" [] {
    [ "auto" "always" "never" ]
  }

  # Make the session store; one that is there and sound stays as it is
  export extern "jwtsess session init" [
    --upgrade                 # Bring a store that an earlier version made up to date: earlier versions then refuse it
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess session init color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess session list state" [] {
    [ "live" "expired" "ended" "revoked" "reuse-detected" ]
  }

  def "nu-complete jwtsess session list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the sessions, one per line, the last used first
  export extern "jwtsess session list" [
    --user(-u): string        # List only this user's sessions
    --state: string@"nu-complete jwtsess session list state" # List only sessions in this state: live, expired, ended, revoked or reuse-detected [may repeat]
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess session list color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess session show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a session: its tokens on a time line, when each was retired, and how the session ended
  export extern "jwtsess session show" [
    --iss: string             # The session's issuer, where several issuers have a session with that id
    --no-iss                  # The session whose tokens have no issuer, where several issuers have a session with that id
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess session show color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
    id: string                # The session's id
  ]

  def "nu-complete jwtsess session purge color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove records that are no longer needed; those of tokens that could still be used stay
  export extern "jwtsess session purge" [
    --dry-run                 # Say what would be removed, without removing anything
    --store: path             # Where sessions are stored: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]
    --no-store                # Don't use a store: revocation and reuse are not checked, nothing is recorded
    --rehearse                # Allow writing to a shared (PostgreSQL) store while --now is set
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess session purge color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess profile color" [] {
    [ "auto" "always" "never" ]
  }

  # List the session models, or show one's settings
  export extern "jwtsess profile" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess profile color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess profile list color" [] {
    [ "auto" "always" "never" ]
  }

  # List all profiles, built in and your own, one per line
  export extern "jwtsess profile list" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess profile list color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess profile show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show every setting of a profile and where it comes from
  export extern "jwtsess profile show" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess profile show color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    name?: string             # The profile to show [default: the one --profile names, else the one issue uses]
  ]

  def "nu-complete jwtsess key color" [] {
    [ "auto" "always" "never" ]
  }

  # Make, describe, publish, convert and rotate keys
  export extern "jwtsess key" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess key generate format" [] {
    [ "jwk" "jwks" "pem" "der" "raw" ]
  }

  def "nu-complete jwtsess key generate color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a key: a pair of a private and a public key, or a secret
  export extern "jwtsess key generate" [
    --alg: string             # The algorithm to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]
    --bits: string            # The key's length: 2048, 3072 or 4096 for RSA, 256 to 1024 for a secret [default: 2048 for RSA; a secret is as long as its hash]
    --kid: string             # The key's id in tokens and key sets (kid) [default: its RFC 7638 thumbprint]
    --format: string@"nu-complete jwtsess key generate format" # The format to write: jwk, jwks, pem, der or raw (a secret's bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]
    --out: path               # The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output
    --force                   # Replace a file that already exists
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key generate color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess key show color" [] {
    [ "auto" "always" "never" ]
  }

  # Describe a key: what it is, what it may do, how strong it is
  export extern "jwtsess key show" [
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --alg: string             # Allow only these of the algorithms the key supports, with commas between [may repeat]
    --allow-weak-key          # Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --refresh-secret: string  # The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]
    --refresh-key: path       # A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key show color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    file?: path               # A key file, - for standard input, env:NAME, dotenv:PATH#NAME or an https:// address
  ]

  def "nu-complete jwtsess key jwks color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the public parts of keys as a JWKS, for the services that verify your tokens
  export extern "jwtsess key jwks" [
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --offline                 # Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]
    --timeout: string         # How long the whole of it may take [default: 15s; 5s to fetch keys]
    --cacert: path            # The certificate authorities to trust, in place of this machine's [env: JWTSESS_CACERT, SSL_CERT_FILE]
    --allow-http: string      # A host that may be reached by http://, unencrypted; this machine always may [may repeat]
    --refetch                 # Fetch the keys at an address now, even if those fetched before are fresh
    --stale-keys: string      # If the keys at an address can't be fetched, use those that were fetched at most this long ago
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key jwks color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    ...files: path            # Key files, - for standard input, env:NAME, dotenv:PATH#NAME or an https:// address
  ]

  def "nu-complete jwtsess key convert format" [] {
    [ "jwk" "jwks" "pem" "der" "raw" ]
  }

  def "nu-complete jwtsess key convert color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a key in another form: JWK, JWKS, PEM or DER
  export extern "jwtsess key convert" [
    --public                  # Write only the public part
    --kid: string             # Take the key with this id from a set; a single key without an id gets this one
    --format: string@"nu-complete jwtsess key convert format" # The format to write: jwk, jwks, pem, der or raw (a secret's bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]
    --out: path               # The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output
    --force                   # Replace a file that already exists
    --key-passphrase: string  # Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key convert color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    file: path                # A key file, - for standard input, env:NAME or dotenv:PATH#NAME
  ]

  def "nu-complete jwtsess key rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while
  export extern "jwtsess key rotate" [
    --overlap: string         # How long the retired key still verifies signatures [default: the longest lifetime of the profile's tokens]
    --retire: string          # The id of the key to retire, if several sign
    --kid: string             # The id of the new key [default: its RFC 7638 thumbprint]
    --prune                   # Also remove retired keys that no longer verify anything
    --dry-run                 # Say what would be done, without doing it
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess key rotate color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    file: path                # A private JWKS
  ]

  def "nu-complete jwtsess completions shell" [] {
    [ "bash" "zsh" "fish" "elvish" "powershell" "nushell" ]
  }

  def "nu-complete jwtsess completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a script that completes jwtsess's commands and flags in your shell
  export extern "jwtsess completions" [
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess completions color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help
    shell: string@"nu-complete jwtsess completions shell" # bash, zsh, fish, elvish, powershell or nushell
  ]

  def "nu-complete jwtsess man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the manual page of a command, or write all pages into a folder
  export extern "jwtsess man" [
    --out: directory          # Write every page into this folder, which is made if it does not exist
    --profile: string         # The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file
    --config: path            # The config file, which holds your own profiles
    --set: string             # Override a profile setting for this call, by jwtsess's or Django's name, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Print the answer, or the refusal, as one JSON object on standard output
    --color: string@"nu-complete jwtsess man color" # When to use colours: auto, always or never
    --no-input                # Never ask a question; what is missing is an error
    --quiet(-q)               # Print less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used, and why
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # The command whose page to print, as you would type it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "jwtsess help" [
  ]

  # Log a user in by hand: print a token, or a pair of tokens
  export extern "jwtsess help issue" [
  ]

  # Explain a token: what it says, whether it is valid, and what to do
  export extern "jwtsess help inspect" [
  ]

  # Prolong a session: print a fresh token for one that is still valid
  export extern "jwtsess help renew" [
  ]

  # Renew a token and retire it: from then on only its successor can be used
  export extern "jwtsess help rotate" [
  ]

  # End sessions now: one by its token or id, or many at once
  export extern "jwtsess help revoke" [
  ]

  # Check a token: the exit status says yes or no
  export extern "jwtsess help verify" [
  ]

  # Show a token's parts as they are, without checking anything
  export extern "jwtsess help decode" [
  ]

  # Sign claims of your own
  export extern "jwtsess help encode" [
  ]

  # Log in to a server, and keep its tokens for jwtsess token and jwtsess request
  export extern "jwtsess help login" [
  ]

  # Print an access token that is good now, refreshed if need be
  export extern "jwtsess help token" [
  ]

  # End a session at its server, and forget its credential
  export extern "jwtsess help logout" [
  ]

  # Send a request with a fresh access token, and print the answer's body
  export extern "jwtsess help request" [
  ]

  # Make the store; list, show and clean up its sessions
  export extern "jwtsess help session" [
  ]

  # Make the session store; one that is there and sound stays as it is
  export extern "jwtsess help session init" [
  ]

  # List the sessions, one per line, the last used first
  export extern "jwtsess help session list" [
  ]

  # Show a session: its tokens on a time line, when each was retired, and how the session ended
  export extern "jwtsess help session show" [
  ]

  # Remove records that are no longer needed; those of tokens that could still be used stay
  export extern "jwtsess help session purge" [
  ]

  # List the session models, or show one's settings
  export extern "jwtsess help profile" [
  ]

  # List all profiles, built in and your own, one per line
  export extern "jwtsess help profile list" [
  ]

  # Show every setting of a profile and where it comes from
  export extern "jwtsess help profile show" [
  ]

  # Make, describe, publish, convert and rotate keys
  export extern "jwtsess help key" [
  ]

  # Make a key: a pair of a private and a public key, or a secret
  export extern "jwtsess help key generate" [
  ]

  # Describe a key: what it is, what it may do, how strong it is
  export extern "jwtsess help key show" [
  ]

  # Print the public parts of keys as a JWKS, for the services that verify your tokens
  export extern "jwtsess help key jwks" [
  ]

  # Write a key in another form: JWK, JWKS, PEM or DER
  export extern "jwtsess help key convert" [
  ]

  # Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while
  export extern "jwtsess help key rotate" [
  ]

  # Print a script that completes jwtsess's commands and flags in your shell
  export extern "jwtsess help completions" [
  ]

  # Print the manual page of a command, or write all pages into a folder
  export extern "jwtsess help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "jwtsess help help" [
  ]

}

export use completions *
