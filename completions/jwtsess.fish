# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_jwtsess_global_optspecs
    string join \n profile= config= set= now= json color= no-input q/quiet v/verbose h/help V/version
end

function __fish_jwtsess_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_jwtsess_global_optspecs) -- $cmd 2>/dev/null
    or return 0
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_jwtsess_using_subcommand
    set -l cmd (__fish_jwtsess_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c jwtsess -n "__fish_jwtsess_needs_command" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s V -l version -d 'Print version'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "issue" -d 'Log a user in by hand: print a token, or a pair of tokens'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "inspect" -d 'Explain a token: what it says, whether it is valid, and what to do'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "renew" -d 'Prolong a session: print a fresh token for one that is still valid'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "refresh" -d 'Prolong a session: print a fresh token for one that is still valid'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "rotate" -d 'Renew a token and retire it: from then on only its successor can be used'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "revoke" -d 'End sessions now: one by its token or id, or many at once'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "verify" -d 'Check a token: the exit status says yes or no'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "decode" -d 'Show a token\'s parts as they are, without checking anything'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "encode" -d 'Sign claims of your own'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "login" -d 'Log in to a server, and keep its tokens for jwtsess token and jwtsess request'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "token" -d 'Print an access token that is good now, refreshed if need be'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "logout" -d 'End a session at its server, and forget its credential'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "request" -d 'Send a request with a fresh access token, and print the answer\'s body'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "session" -d 'Make the store; list, show and clean up its sessions'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "profile" -d 'List the session models, or show one\'s settings'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "key" -d 'Make, describe, publish, convert and rotate keys'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "completions" -d 'Print a script that completes jwtsess\'s commands and flags in your shell'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "man" -d 'Print the manual page of a command, or write all pages into a folder'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s u -l user -d 'The user to log in (written as sub; with simplejwt as user_id, with drf-jwt as username)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s o -l output -d 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l ttl -d 'How long the token lives: 90s, 15m, 1h30m, 7d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l refresh-ttl -d 'How long the refresh token lives' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l session-max -d 'How long the session can be prolonged, from now' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l exp -d 'When the token expires (exp)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l nbf -d 'When the token becomes valid (nbf)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l iss -d 'Who issues the token (iss)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l aud -d 'Whom the token is for (aud) [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l jti -d 'The token\'s id (jti) [default: a random one]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l scope -d 'What the token allows (scope)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l client-id -d 'The application that asked for the token (client_id)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l user-id -d 'The user\'s number or id in a Django server\'s database (user_id)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l email -d 'The user\'s e-mail address, as djangorestframework-jwt writes it (email)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s c -l claim -d 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l claims -d 'Claims as a JSON object, @FILE for a file, or - for standard input; --claim overrides them' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l header -d 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l typ -d 'The type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l kid -d 'Sign with the key that has this id, or write the id into the header' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l batch -d 'Read one JSON object of claims per line from the files or from standard input (its sub names the user), and print a line for each: the token, or of a pair what a server would answer'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l leeway -d 'How much two clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l max-age -d 'Refuse a token issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l iss -d 'The required issuer (iss) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l aud -d 'The required audience (aud) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l sub -d 'The required subject (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l typ -d 'The required type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l require -d 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l claim -d 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l has -d 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l min-ttl -d 'Refuse a token that expires in less than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l kind -d 'What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any' -r -f -a "access\t'For using a service'
refresh\t'For getting the next access token'
id\t'For telling a client who has logged in'
any\t'Whatever it is'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l kid -d 'The required key id in the header (kid)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l only -d 'Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted' -r -f -a "accepted\t'Tokens that are accepted'
refused\t'Tokens that are refused'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l columns -d 'Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l batch -d 'Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l summary -d 'Print no lines, only how many tokens there were by verdict, key id and issuer'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s o -l output -d 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l within -d 'Renew only if the token expires within this time; else print the same token' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l ttl -d 'How long the fresh token lives [default: as long as the token given; under a Django profile, as long as its server would let it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l session-max -d 'How long the session can be prolonged, counted from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l leeway -d 'How much two clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l max-age -d 'Refuse a token issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l iss -d 'The required issuer (iss) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l aud -d 'The required audience (aud) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l sub -d 'The required subject (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l typ -d 'The required type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l require -d 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l claim -d 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l has -d 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s o -l output -d 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l within -d 'Renew only if the token expires within this time; else print the same token' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l ttl -d 'How long the fresh token lives [default: as long as the token given; under a Django profile, as long as its server would let it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l session-max -d 'How long the session can be prolonged, counted from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l leeway -d 'How much two clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l max-age -d 'Refuse a token issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l iss -d 'The required issuer (iss) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l aud -d 'The required audience (aud) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l sub -d 'The required subject (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l typ -d 'The required type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l require -d 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l claim -d 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l has -d 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l session -d 'Print this session\'s current tokens again, after an answer was lost' -r -f -a "(jwtsess session list 2>/dev/null | sed -e 1d -e 's/ .*//')"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s o -l output -d 'How to print them: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l ttl -d 'How long the fresh access token lives [default: as long as the one before it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l refresh-ttl -d 'How long the fresh refresh token lives [default: as long as the token given]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l session-max -d 'How long the session can be prolonged, counted from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l leeway -d 'How much two clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l max-age -d 'Refuse a token issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l iss -d 'The required issuer (iss) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l aud -d 'The required audience (aud) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l sub -d 'The required subject (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l typ -d 'The required type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l require -d 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l claim -d 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l has -d 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-iss -d 'The session whose tokens have no issuer, where several issuers have a session with that id'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l session -d 'End the session with this id' -r -f -a "(jwtsess session list 2>/dev/null | sed -e 1d -e 's/ .*//')"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l iss -d 'The issuer of the session, where several issuers have a session with that id' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s u -l user -d 'End every session of this user' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l issued-before -d 'End every session that began before this time; with --user, only that user\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-iss -d 'The session whose tokens have no issuer, where several issuers have a session with that id'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l all -d 'End every session in the store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s y -l yes -d 'End more than one session without asking'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l dry-run -d 'Say what would end, without ending anything'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l unverified -d 'End the session that the token names even if its signature can\'t be checked; asks first'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l missing-ok -d 'Exit 0 even if there is nothing to end'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l leeway -d 'How much two clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l max-age -d 'Refuse a token issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l iss -d 'The required issuer (iss) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l aud -d 'The required audience (aud) [may repeat: any of them will do]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l sub -d 'The required subject (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l typ -d 'The required type in the header (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l require -d 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l claim -d 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l has -d 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l min-ttl -d 'Refuse a token that expires in less than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l kind -d 'What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any' -r -f -a "access\t'For using a service'
refresh\t'For getting the next access token'
id\t'For telling a client who has logged in'
any\t'Whatever it is'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l kid -d 'The required key id in the header (kid)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l only -d 'Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted' -r -f -a "accepted\t'Tokens that are accepted'
refused\t'Tokens that are refused'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l columns -d 'Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l as -d 'Print what the profile\'s Django server would answer if the token were sent to this view: view (any view that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist' -r -f -a "view\t'Any view that asks for authentication'
stateless\t'Any view that asks for authentication but not for the user\'s row (simplejwt)'
verify\t'The view that verifies'
refresh\t'The view that refreshes'
sliding-refresh\t'The view that refreshes sliding tokens (simplejwt)'
blacklist\t'The view that blacklists'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l jws -d 'Check only the header and the signature; the payload may be anything, and no claim can be checked. Only the profile\'s key and algorithms are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l batch -d 'Read one token per line from the files that are given in place of TOKEN, or from standard input, and print a line for each: its number, the verdict and why (with --json an object). Files that gzip or zstd packed are unpacked. Blank lines are skipped'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l summary -d 'Print no lines, only how many tokens there were by verdict, key id and issuer'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l field -d 'If the text holds several tokens, take the one with this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l part -d 'Print only one part, byte for byte: header, payload or signature' -r -f -a "header\t'The type, the algorithm and the key id'
payload\t'The claims'
signature\t'The bytes of the signature'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s o -l output -d 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s c -l claim -d 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l ttl -d 'How long the token lives: sets exp to that long from now' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l exp -d 'When the token expires (exp)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l nbf -d 'When the token becomes valid (nbf)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l header -d 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l typ -d 'The type in the header (typ) [default: JWT]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l kid -d 'Sign with the key that has this id, or write the id into the header' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -s u -l user -d 'The user to log in' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l password -d 'Where the password is: env:NAME, file:PATH, … [default: asked for] [env: JWTSESS_PASSWORD]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l grant -d 'How to log in: password, client-credentials, code (in a browser) or device' -r -f -a "password\t'With a user\'s password'
client-credentials\t'With the client\'s own secret or key'
code\t'In a browser on this machine'
device\t'In a browser on any machine'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l refresh-token -d 'Where a refresh token is that you have already' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l scope -d 'What the tokens are to allow' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l resource -d 'What the access token is for (RFC 8707)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -s o -l output -d 'How to print the tokens: access, refresh, env, wire or auth-header [default: not at all]' -r -f -a "token\t'Only the token (the access token of a pair)'
access\t'Only the access token'
refresh\t'Only the refresh token'
env\t'NAME=token lines for a shell'
wire\t'The JSON that a server would answer with'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l mask -d 'Have GitHub Actions hide the token in its log; auto: only where it runs' -r -f -a "github\t'GitHub Actions\'. Anywhere else it is an error'
auto\t'That of the system in which the call runs, if it has one'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l as -d 'The credential\'s name [default: the server\'s host]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l to-origin -d 'Another origin that may have the access token, as in https://api.example [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l helper -d 'Keep the tokens with docker-credential-NAME: pass, osxkeychain, secretservice … [env: JWTSESS_CREDENTIAL_HELPER]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l client-id -d 'The client\'s id' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l client-secret -d 'Where the client\'s secret is: env:NAME, file:PATH, … [env: JWTSESS_CLIENT_SECRET]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l client-auth -d 'How the client authenticates itself: basic, post, none or private_key_jwt' -r -f -a "basic\t'With its secret, in the header'
post\t'With its secret, in the body'
none\t'By its id alone'
private_key_jwt\t'With its private key'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l client-key -d 'The client\'s private key, as --key takes it elsewhere' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l refresh-path -d 'Where the server refreshes tokens, relative to URL' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l logout-path -d 'Where the server logs out, relative to URL' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l verify-path -d 'Where the server verifies tokens, relative to URL' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l user-field -d 'The member that holds the user, as in email' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l body -d 'Another member of the login: NAME=TEXT or NAME:=JSON [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l request-header -d 'Another header field of each request to the server [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l redirect-port -d 'The port on which the browser\'s answer is awaited [default: a free one]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l redirect-host -d 'The host in the address that the browser is sent back to: 127.0.0.1 or localhost' -r -f -a "127.0.0.1\t'127.0.0.1'
localhost\t'localhost'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l wait -d 'How long the browser\'s answer is awaited [default: 3m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l credentials -d 'The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l replace -d 'Put the credential in the place of another one of that name'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l no-save -d 'Keep nothing: print the tokens with -o'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l no-browser -d 'Don\'t open a browser: only print the address'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l rehearse -d 'Allow what changes a session at the server while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l offline -d 'Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l min-ttl -d 'How much longer the token has to be good' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -s o -l output -d 'How to print it: token, auth-header or env' -r -f -a "token\t'Only the token'
auth-header\t'An Authorization line for curl -H @-'
env\t'A line `ACCESS_TOKEN=token` for a shell'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l mask -d 'Have GitHub Actions hide the token in its log; auto: only where it runs' -r -f -a "github\t'GitHub Actions\'. Anywhere else it is an error'
auto\t'That of the system in which the call runs, if it has one'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l credentials -d 'The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l refresh -d 'Refresh the token even if it is fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l no-refresh -d 'Never refresh the token: a late one is an error (exit 5)'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l stale-ok -d 'If the server can\'t be asked, print a token that has only a second left'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l list -d 'Show the credentials that are kept here'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l rehearse -d 'Allow what changes a session at the server while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l offline -d 'Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l credentials -d 'The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l all -d 'End every session that is kept here'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l forget -d 'Send nothing: only take the credential away'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l dry-run -d 'Say what would be ended, and change nothing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l rehearse -d 'Allow what changes a session at the server while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l offline -d 'Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s H -l header -d 'A header field [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s d -l data -d 'The body: text, @FILE for a file, or - for standard input; sent as application/json unless -H Content-Type says else' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l form -d 'A field of a form, which is the body [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l credential -d 'The credential [default: the one for that address] [env: JWTSESS_CREDENTIAL]' -r -f -a "(jwtsess token --list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l min-ttl -d 'How much longer the token has to be good [default: 60s]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l credentials -d 'The folder that credentials are kept in [default: credentials in your data folder] [env: JWTSESS_CREDENTIALS]' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s i -l include -d 'Print the answer\'s status and header fields before its body'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l no-auth -d 'Send no token'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l no-retry -d 'Don\'t refresh and repeat when the server calls the token expired'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l rehearse -d 'Allow what changes a session at the server while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l offline -d 'Make no request: a token that is kept and fresh will do, and what needs the server fails [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -f -a "init" -d 'Make the session store; one that is there and sound stays as it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -f -a "list" -d 'List the sessions, one per line, the last used first'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -f -a "show" -d 'Show a session: its tokens on a time line, when each was retired, and how the session ended'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from init list show purge" -f -a "purge" -d 'Remove records that are no longer needed; those of tokens that could still be used stay'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l upgrade -d 'Bring a store that an earlier version made up to date: earlier versions then refuse it'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s u -l user -d 'List only this user\'s sessions' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l state -d 'List only sessions in this state: live, expired, ended, revoked or reuse-detected [may repeat]' -r -f -a "live\t'One of its tokens can be used'
expired\t'All its tokens have expired'
ended\t'Its absolute end has passed'
revoked\t'It was ended by hand'
reuse-detected\t'It was ended because a retired token was used again'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l iss -d 'The session\'s issuer, where several issuers have a session with that id' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l no-iss -d 'The session whose tokens have no issuer, where several issuers have a session with that id'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l store -d 'Where sessions are stored: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l dry-run -d 'Say what would be removed, without removing anything'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-store -d 'Don\'t use a store: revocation and reuse are not checked, nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l rehearse -d 'Allow writing to a shared (PostgreSQL) store while --now is set'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List all profiles, built in and your own, one per line'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show every setting of a profile and where it comes from'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "generate" -d 'Make a key: a pair of a private and a public key, or a secret'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "show" -d 'Describe a key: what it is, what it may do, how strong it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "jwks" -d 'Print the public parts of keys as a JWKS, for the services that verify your tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "convert" -d 'Write a key in another form: JWK, JWKS, PEM or DER'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "rotate" -d 'Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l alg -d 'The algorithm to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l bits -d 'The key\'s length: 2048, 3072 or 4096 for RSA, 256 to 1024 for a secret [default: 2048 for RSA; a secret is as long as its hash]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l kid -d 'The key\'s id in tokens and key sets (kid) [default: its RFC 7638 thumbprint]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'The format to write: jwk, jwks, pem, der or raw (a secret\'s bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]' -r -f -a "jwk\t'One JSON Web Key'
jwks\t'A set of JSON Web Keys'
pem\t'PEM: PKCS#8, or SPKI of a public key'
der\t'DER of the same'
raw\t'A secret\'s bytes'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l out -d 'The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l force -d 'Replace a file that already exists'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l alg -d 'Allow only these of the algorithms the key supports, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l refresh-secret -d 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l refresh-key -d 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l allow-weak-key -d 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l timeout -d 'How long the whole of it may take [default: 15s; 5s to fetch keys]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l cacert -d 'The certificate authorities to trust, in place of this machine\'s [env: JWTSESS_CACERT, SSL_CERT_FILE]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l allow-http -d 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l stale-keys -d 'If the keys at an address can\'t be fetched, use those that were fetched at most this long ago' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l offline -d 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l refetch -d 'Fetch the keys at an address now, even if those fetched before are fresh'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l kid -d 'Take the key with this id from a set; a single key without an id gets this one' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l format -d 'The format to write: jwk, jwks, pem, der or raw (a secret\'s bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]' -r -f -a "jwk\t'One JSON Web Key'
jwks\t'A set of JSON Web Keys'
pem\t'PEM: PKCS#8, or SPKI of a public key'
der\t'DER of the same'
raw\t'A secret\'s bytes'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l out -d 'The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l key-passphrase -d 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l public -d 'Write only the public part'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l force -d 'Replace a file that already exists'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l overlap -d 'How long the retired key still verifies signatures [default: the longest lifetime of the profile\'s tokens]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l retire -d 'The id of the key to retire, if several sign' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l kid -d 'The id of the new key [default: its RFC 7638 thumbprint]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l prune -d 'Also remove retired keys that no longer verify anything'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Say what would be done, without doing it'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l out -d 'Write every page into this folder, which is made if it does not exist' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l profile -d 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file' -r -f -a "(jwtsess profile list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l config -d 'The config file, which holds your own profiles' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l set -d 'Override a profile setting for this call, by jwtsess\'s or Django\'s name, as in leeway=30s [may repeat]' -r -f -a "(for profile in pair simplejwt drf-jwt; jwtsess profile show \$profile 2>/dev/null; end | string match -rg '^([A-Za-z][A-Za-z0-9_.]* = ).*' | string replace ' = ' = | sort -u)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'When the stream is a terminal'
always\t'Always'
never\t'Never'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l json -d 'Print the answer, or the refusal, as one JSON object on standard output'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l no-input -d 'Never ask a question; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s q -l quiet -d 'Print less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s v -l verbose -d 'Say which config file, profile, key and store are used, and why'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "issue" -d 'Log a user in by hand: print a token, or a pair of tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "inspect" -d 'Explain a token: what it says, whether it is valid, and what to do'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "renew" -d 'Prolong a session: print a fresh token for one that is still valid'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "rotate" -d 'Renew a token and retire it: from then on only its successor can be used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "revoke" -d 'End sessions now: one by its token or id, or many at once'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "verify" -d 'Check a token: the exit status says yes or no'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "decode" -d 'Show a token\'s parts as they are, without checking anything'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "encode" -d 'Sign claims of your own'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "login" -d 'Log in to a server, and keep its tokens for jwtsess token and jwtsess request'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "token" -d 'Print an access token that is good now, refreshed if need be'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "logout" -d 'End a session at its server, and forget its credential'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "request" -d 'Send a request with a fresh access token, and print the answer\'s body'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "session" -d 'Make the store; list, show and clean up its sessions'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "profile" -d 'List the session models, or show one\'s settings'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "key" -d 'Make, describe, publish, convert and rotate keys'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "completions" -d 'Print a script that completes jwtsess\'s commands and flags in your shell'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "man" -d 'Print the manual page of a command, or write all pages into a folder'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode login token logout request session profile key completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "init" -d 'Make the session store; one that is there and sound stays as it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List the sessions, one per line, the last used first'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "show" -d 'Show a session: its tokens on a time line, when each was retired, and how the session ended'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "purge" -d 'Remove records that are no longer needed; those of tokens that could still be used stay'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List all profiles, built in and your own, one per line'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'Show every setting of a profile and where it comes from'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a key: a pair of a private and a public key, or a secret'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "show" -d 'Describe a key: what it is, what it may do, how strong it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "jwks" -d 'Print the public parts of keys as a JWKS, for the services that verify your tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "convert" -d 'Write a key in another form: JWK, JWKS, PEM or DER'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -f -a "(jwtsess session list 2>/dev/null | sed -e 1d -e 's/ .*//')"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand token" -f -a "(jwtsess token --list 2>/dev/null | cut -d ' ' -f 1)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand logout" -f -a "(jwtsess token --list 2>/dev/null | cut -d ' ' -f 1)"
