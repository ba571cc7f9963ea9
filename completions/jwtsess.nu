module completions {

  def "nu-complete jwtsess color" [] {
    [ "auto" "always" "never" ]
  }

  # Issue, explain, check and prolong the tokens (JWTs) of a login session, by hand and in scripts
  export extern jwtsess [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
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
    --user(-u): string        # The user to log in (sub; under simplejwt user_id, under drf-jwt username)
    --output(-o): string@"nu-complete jwtsess issue output" # How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header
    --ttl: string             # How long the token lives: 90s, 15m, 1h30m, 7d
    --refresh-ttl: string     # How long the refresh token lives
    --session-max: string     # How long the session can be prolonged, from now
    --exp: string             # When the token ends (exp)
    --nbf: string             # When the token begins to hold (nbf)
    --iss: string             # Who issues it (iss)
    --aud: string             # Whom it is for (aud) [may repeat]
    --jti: string             # Its id (jti), in place of a fresh one
    --scope: string           # What it allows (scope)
    --client-id: string       # The application that asked for it (client_id)
    --user-id: string         # The user's number or id in a Django server's database (user_id)
    --email: string           # The user's e-mail address, as djangorestframework-jwt writes it (email)
    --claim(-c): string       # A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    --claims: string          # Claims as a JSON object, typed, in a file or - for standard input; --claim comes after
    --header: string          # A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    --typ: string             # The type that the header names (typ)
    --kid: string             # Sign with the key of this id, or write it into the header
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --rehearse                # Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess issue color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess inspect kind" [] {
    [ "access" "refresh" "any" ]
  }

  def "nu-complete jwtsess inspect color" [] {
    [ "auto" "always" "never" ]
  }

  # Explain a token: what it says, whether it holds, what to do
  export extern "jwtsess inspect" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --leeway: string          # How far clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token that was issued longer ago than this
    --iss: string             # The issuer it has to be from (iss) [may repeat: any of them]
    --aud: string             # The audience it has to be for (aud) [may repeat: any of them]
    --sub: string             # The user it has to be about (sub)
    --typ: string             # The type that its header has to name (typ)
    --require: string         # A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]
    --claim: string           # A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]
    --has: string             # A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --min-ttl: string         # Refuse a token that ends sooner than this
    --kind: string@"nu-complete jwtsess inspect kind" # What the token has to be for: access (using a service), refresh (getting the next) or any
    --kid: string             # The key id that its header has to name (kid)
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess inspect color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess renew output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess renew color" [] {
    [ "auto" "always" "never" ]
  }

  # Prolong a session: print a fresh token for one that holds
  export extern "jwtsess renew" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --output(-o): string@"nu-complete jwtsess renew output" # How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header
    --within: string          # Renew only if no more than this is left; else print the same token
    --ttl: string             # How long the fresh token lives [default: as long as the one presented did]
    --session-max: string     # How long the session can be prolonged, from its login
    --leeway: string          # How far clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token that was issued longer ago than this
    --iss: string             # The issuer it has to be from (iss) [may repeat: any of them]
    --aud: string             # The audience it has to be for (aud) [may repeat: any of them]
    --sub: string             # The user it has to be about (sub)
    --typ: string             # The type that its header has to name (typ)
    --require: string         # A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]
    --claim: string           # A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]
    --has: string             # A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --rehearse                # Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    --reuse-grace: string     # How long after its first use a retired token still gets the same successor [default: 0]
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess renew color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess rotate output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Renew a token and retire it: from then on only its successor counts
  export extern "jwtsess rotate" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --session: string         # Issue this session's current tokens again, after an answer that was lost
    --output(-o): string@"nu-complete jwtsess rotate output" # How they are printed: token, access, refresh, env, wire (as a server answers) or auth-header
    --ttl: string             # How long the fresh access token lives [default: as long as the one before it did]
    --refresh-ttl: string     # How long the fresh refresh token lives [default: as long as the one presented did]
    --session-max: string     # How long the session can be prolonged, from its login
    --leeway: string          # How far clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token that was issued longer ago than this
    --iss: string             # The issuer it has to be from (iss) [may repeat: any of them]
    --aud: string             # The audience it has to be for (aud) [may repeat: any of them]
    --sub: string             # The user it has to be about (sub)
    --typ: string             # The type that its header has to name (typ)
    --require: string         # A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]
    --claim: string           # A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]
    --has: string             # A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --rehearse                # Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    --reuse-grace: string     # How long after its first use a retired token still gets the same successor [default: 0]
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess rotate color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess revoke color" [] {
    [ "auto" "always" "never" ]
  }

  # End sessions now: one by its token or id, or many at once
  export extern "jwtsess revoke" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --session: string         # The session of this id
    --user(-u): string        # Every session of this user
    --issued-before: string   # Every session that began before; with --user, of that user
    --all                     # Every session in the store
    --yes(-y)                 # End more than one session without asking
    --dry-run                 # Say what would end, and end nothing
    --unverified              # Go by the ids that the token gives, whoever signed it; asks first
    --missing-ok              # Exit with 0 also where there is nothing to end
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --rehearse                # Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess revoke color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess verify kind" [] {
    [ "access" "refresh" "any" ]
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
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --leeway: string          # How far clocks may differ, at most a day [default: 0]
    --max-age: string         # Refuse a token that was issued longer ago than this
    --iss: string             # The issuer it has to be from (iss) [may repeat: any of them]
    --aud: string             # The audience it has to be for (aud) [may repeat: any of them]
    --sub: string             # The user it has to be about (sub)
    --typ: string             # The type that its header has to name (typ)
    --require: string         # A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]
    --claim: string           # A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]
    --has: string             # A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]
    --allow-no-exp            # Accept a token that never expires
    --min-ttl: string         # Refuse a token that ends sooner than this
    --kind: string@"nu-complete jwtsess verify kind" # What the token has to be for: access (using a service), refresh (getting the next) or any
    --kid: string             # The key id that its header has to name (kid)
    --jws                     # Check header and signature alone; the payload may be anything, and no claim can be asked for. Of a profile its key and algorithms count
    --batch                   # Read one token a line from standard input, and answer a line for each: number, verdict and why; with --json an object. Blank lines are passed over
    --as: string@"nu-complete jwtsess verify view" # Print what the profile's Django server would answer, the token sent to this view of it: view (any that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess verify color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess decode part" [] {
    [ "header" "payload" "signature" ]
  }

  def "nu-complete jwtsess decode color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a token's parts as they are; nothing is checked
  export extern "jwtsess decode" [
    --token-env: string       # Take the token from this environment variable
    --field: string           # Of several tokens in what is given, take the one of this name
    --max-token-size: string  # The largest token to read, in bytes [default: 4m]
    --part: string@"nu-complete jwtsess decode part" # Print one part alone, byte for byte: header, payload or signature
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess decode color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    token?: string            # The token, with or without what stood around it; - or left out: standard input
  ]

  def "nu-complete jwtsess encode output" [] {
    [ "token" "access" "refresh" "env" "wire" "auth-header" ]
  }

  def "nu-complete jwtsess encode color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign claims of your own
  export extern "jwtsess encode" [
    --output(-o): string@"nu-complete jwtsess encode output" # How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header
    --claim(-c): string       # A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]
    --ttl: string             # How long the token lives: sets exp to that long from now
    --exp: string             # When the token ends (exp)
    --nbf: string             # When the token begins to hold (nbf)
    --header: string          # A header parameter: NAME=TEXT or NAME:=JSON [may repeat]
    --typ: string             # The type that the header names (typ) [default: JWT]
    --kid: string             # Sign with the key of this id, or write it into the header
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess encode color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    claims?: string           # The claims as JSON, in a file (@FILE), or - for standard input
  ]

  def "nu-complete jwtsess session color" [] {
    [ "auto" "always" "never" ]
  }

  # See what the store knows: its sessions, one with its tokens over time; clean it up
  export extern "jwtsess session" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess session color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess session list state" [] {
    [ "live" "expired" "ended" "revoked" "reuse-detected" ]
  }

  def "nu-complete jwtsess session list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the sessions, the last used first, a line each
  export extern "jwtsess session list" [
    --user(-u): string        # Of this user alone
    --state: string@"nu-complete jwtsess session list state" # In this state alone: live, expired, ended, revoked or reuse-detected [may repeat]
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess session list color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess session show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show a session: its tokens on a time line, which was retired when, and how it ended
  export extern "jwtsess session show" [
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess session show color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help
    id: string                # The session's id
  ]

  def "nu-complete jwtsess session purge color" [] {
    [ "auto" "always" "never" ]
  }

  # Remove what guards nothing any more; what could still verify, or come back, stays
  export extern "jwtsess session purge" [
    --dry-run                 # Say what would be removed, and remove nothing
    --store: path             # Where sessions are kept: a file, postgres://…, a Django application's own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]
    --no-store                # Do without a store: what it would know is not checked, and nothing is recorded
    --rehearse                # Write to a store that others go by as of another moment: with --now, to a PostgreSQL store
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess session purge color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess profile color" [] {
    [ "auto" "always" "never" ]
  }

  # See the session models: which there are, and every value of one
  export extern "jwtsess profile" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess profile color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess profile list color" [] {
    [ "auto" "always" "never" ]
  }

  # List every profile, built in and of your own, a line each
  export extern "jwtsess profile list" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess profile list color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help
  ]

  def "nu-complete jwtsess profile show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show every value of a profile, and where each is from
  export extern "jwtsess profile show" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess profile show color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    name?: string             # Which one [default: that of --profile, else the one that issue uses]
  ]

  def "nu-complete jwtsess key color" [] {
    [ "auto" "always" "never" ]
  }

  # Make keys, describe them, publish their public parts, change their form, roll them over
  export extern "jwtsess key" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
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
    --alg: string             # What it is to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]
    --bits: string            # Its length: RSA 2048, 3072 or 4096; a secret 256 to 1024 [default: RSA 2048; a secret as long as its hash]
    --kid: string             # Its name in tokens and key sets [default: its RFC 7638 thumbprint]
    --format: string@"nu-complete jwtsess key generate format" # How it is written: jwk, jwks, pem, der or raw (a secret's bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]
    --out: path               # The file it goes to, for you alone (mode 0600); - or left out: standard output
    --force                   # Replace a file that is there already
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key generate color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete jwtsess key show color" [] {
    [ "auto" "always" "never" ]
  }

  # Describe a key: what it is, what it may do, how strong it is
  export extern "jwtsess key show" [
    --secret: string          # The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]
    --key: path               # A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --alg: string             # Use these algorithms alone of those that the key serves, with commas between [may repeat]
    --allow-weak-key          # Use a short secret, or check with RSA below 2048 bits, in spite of the risk
    --no-dev-key              # Never use or make the development key
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key show color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    file?: path               # A key file, - for standard input, env:NAME or dotenv:PATH#NAME
  ]

  def "nu-complete jwtsess key jwks color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the public parts of keys as a JWKS, for those who check your tokens
  export extern "jwtsess key jwks" [
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key jwks color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    ...files: path            # Key files, - for standard input, env:NAME or dotenv:PATH#NAME
  ]

  def "nu-complete jwtsess key convert format" [] {
    [ "jwk" "jwks" "pem" "der" "raw" ]
  }

  def "nu-complete jwtsess key convert color" [] {
    [ "auto" "always" "never" ]
  }

  # Write a key in another form: JWK, JWKS, PEM or DER
  export extern "jwtsess key convert" [
    --public                  # The public part alone
    --kid: string             # Take this key of a set; a single key without a kid is given it
    --format: string@"nu-complete jwtsess key convert format" # How it is written: jwk, jwks, pem, der or raw (a secret's bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]
    --out: path               # The file it goes to, for you alone (mode 0600); - or left out: standard output
    --force                   # Replace a file that is there already
    --key-passphrase: string  # The passphrase of an encrypted key file, given as --secret is; asked for where it is left out
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key convert color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    file: path                # A key file, - for standard input, env:NAME or dotenv:PATH#NAME
  ]

  def "nu-complete jwtsess key rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Roll a private JWKS over: a new key signs, the one before checks for a while longer
  export extern "jwtsess key rotate" [
    --overlap: string         # How long the retired key still checks signatures [default: the longest lifetime of the profile's tokens]
    --retire: string          # The key to retire, where several sign
    --kid: string             # The name of the new key [default: its RFC 7638 thumbprint]
    --prune                   # Also drop retired keys whose time is over
    --dry-run                 # Say what would be done, and do nothing
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess key rotate color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    file: path                # A private JWKS
  ]

  def "nu-complete jwtsess completions shell" [] {
    [ "bash" "zsh" "fish" "elvish" "powershell" "nushell" ]
  }

  def "nu-complete jwtsess completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a script that completes jwtsess's words in your shell
  export extern "jwtsess completions" [
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess completions color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help
    shell: string@"nu-complete jwtsess completions shell" # bash, zsh, fish, elvish, powershell or nushell
  ]

  def "nu-complete jwtsess man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the manual page of a command, or write all pages into a folder
  export extern "jwtsess man" [
    --out: directory          # Write every page into this folder, and make the folder if it is not there
    --profile: string         # The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file's
    --config: path            # The config file with profiles of your own
    --set: string             # Change a setting of the profile for this call, by our name or Django's, as in leeway=30s [may repeat]
    --now: string             # Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d
    --json                    # Answer with one JSON object on standard output, also when refusing
    --color: string@"nu-complete jwtsess man color" # When to use colours: auto, always or never
    --no-input                # Never ask anything; what is missing is an error
    --quiet(-q)               # Say less on standard error
    --verbose(-v)             # Say which config file, profile, key and store are used
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # The command whose page it is, as it is typed
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "jwtsess help" [
  ]

  # Log a user in by hand: print a token, or a pair of tokens
  export extern "jwtsess help issue" [
  ]

  # Explain a token: what it says, whether it holds, what to do
  export extern "jwtsess help inspect" [
  ]

  # Prolong a session: print a fresh token for one that holds
  export extern "jwtsess help renew" [
  ]

  # Renew a token and retire it: from then on only its successor counts
  export extern "jwtsess help rotate" [
  ]

  # End sessions now: one by its token or id, or many at once
  export extern "jwtsess help revoke" [
  ]

  # Check a token: the exit status says yes or no
  export extern "jwtsess help verify" [
  ]

  # Show a token's parts as they are; nothing is checked
  export extern "jwtsess help decode" [
  ]

  # Sign claims of your own
  export extern "jwtsess help encode" [
  ]

  # See what the store knows: its sessions, one with its tokens over time; clean it up
  export extern "jwtsess help session" [
  ]

  # List the sessions, the last used first, a line each
  export extern "jwtsess help session list" [
  ]

  # Show a session: its tokens on a time line, which was retired when, and how it ended
  export extern "jwtsess help session show" [
  ]

  # Remove what guards nothing any more; what could still verify, or come back, stays
  export extern "jwtsess help session purge" [
  ]

  # See the session models: which there are, and every value of one
  export extern "jwtsess help profile" [
  ]

  # List every profile, built in and of your own, a line each
  export extern "jwtsess help profile list" [
  ]

  # Show every value of a profile, and where each is from
  export extern "jwtsess help profile show" [
  ]

  # Make keys, describe them, publish their public parts, change their form, roll them over
  export extern "jwtsess help key" [
  ]

  # Make a key: a pair of a private and a public key, or a secret
  export extern "jwtsess help key generate" [
  ]

  # Describe a key: what it is, what it may do, how strong it is
  export extern "jwtsess help key show" [
  ]

  # Print the public parts of keys as a JWKS, for those who check your tokens
  export extern "jwtsess help key jwks" [
  ]

  # Write a key in another form: JWK, JWKS, PEM or DER
  export extern "jwtsess help key convert" [
  ]

  # Roll a private JWKS over: a new key signs, the one before checks for a while longer
  export extern "jwtsess help key rotate" [
  ]

  # Print a script that completes jwtsess's words in your shell
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
