# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_jwtsess_global_optspecs
    string join \n profile= config= set= now= json color= no-input q/quiet v/verbose h/help V/version
end

function __fish_jwtsess_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_jwtsess_global_optspecs) -- $cmd 2>/dev/null
    or return
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

complete -c jwtsess -n "__fish_jwtsess_needs_command" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -s V -l version -d 'Print version'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "issue" -d 'Log a user in by hand: print a token, or a pair of tokens'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "inspect" -d 'Explain a token: what it says, whether it holds, what to do'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "renew" -d 'Prolong a session: print a fresh token for one that holds'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "refresh" -d 'Prolong a session: print a fresh token for one that holds'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "rotate" -d 'Renew a token and retire it: from then on only its successor counts'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "revoke" -d 'End sessions now: one by its token or id, or many at once'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "verify" -d 'Check a token: the exit status says yes or no'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "decode" -d 'Show a token\'s parts as they are; nothing is checked'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "encode" -d 'Sign claims of your own'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "session" -d 'See what the store knows: its sessions, one with its tokens over time; clean it up'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "profile" -d 'See the session models: which there are, and every value of one'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "key" -d 'Make keys, describe them, publish their public parts, change their form, roll them over'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "completions" -d 'Print a script that completes jwtsess\'s words in your shell'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "man" -d 'Print the manual page of a command, or write all pages into a folder'
complete -c jwtsess -n "__fish_jwtsess_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s u -l user -d 'The user to log in (sub; under simplejwt user_id, under drf-jwt username)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s o -l output -d 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'The token alone; of a pair the access token'
access\t'The access token alone'
refresh\t'The refresh token alone'
env\t'Lines NAME=token for a shell'
wire\t'The JSON answer of a server'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l ttl -d 'How long the token lives: 90s, 15m, 1h30m, 7d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l refresh-ttl -d 'How long the refresh token lives' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l session-max -d 'How long the session can be prolonged, from now' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l exp -d 'When the token ends (exp)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l nbf -d 'When the token begins to hold (nbf)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l iss -d 'Who issues it (iss)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l aud -d 'Whom it is for (aud) [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l jti -d 'Its id (jti), in place of a fresh one' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l scope -d 'What it allows (scope)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l client-id -d 'The application that asked for it (client_id)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l user-id -d 'The user\'s number or id in a Django server\'s database (user_id)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l email -d 'The user\'s e-mail address, as djangorestframework-jwt writes it (email)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s c -l claim -d 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l claims -d 'Claims as a JSON object, typed, in a file or - for standard input; --claim comes after' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l header -d 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l typ -d 'The type that the header names (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l kid -d 'Sign with the key of this id, or write it into the header' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l leeway -d 'How far clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l max-age -d 'Refuse a token that was issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l iss -d 'The issuer it has to be from (iss) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l aud -d 'The audience it has to be for (aud) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l sub -d 'The user it has to be about (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l typ -d 'The type that its header has to name (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l require -d 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l claim -d 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l has -d 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l min-ttl -d 'Refuse a token that ends sooner than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l kind -d 'What the token has to be for: access (using a service), refresh (getting the next) or any' -r -f -a "access\t'For using a service'
refresh\t'For getting the next access token'
any\t'Either'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l kid -d 'The key id that its header has to name (kid)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s o -l output -d 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'The token alone; of a pair the access token'
access\t'The access token alone'
refresh\t'The refresh token alone'
env\t'Lines NAME=token for a shell'
wire\t'The JSON answer of a server'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l within -d 'Renew only if no more than this is left; else print the same token' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l ttl -d 'How long the fresh token lives [default: as long as the one presented did]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l session-max -d 'How long the session can be prolonged, from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l leeway -d 'How far clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l max-age -d 'Refuse a token that was issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l iss -d 'The issuer it has to be from (iss) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l aud -d 'The audience it has to be for (aud) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l sub -d 'The user it has to be about (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l typ -d 'The type that its header has to name (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l require -d 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l claim -d 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l has -d 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand renew" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s o -l output -d 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'The token alone; of a pair the access token'
access\t'The access token alone'
refresh\t'The refresh token alone'
env\t'Lines NAME=token for a shell'
wire\t'The JSON answer of a server'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l within -d 'Renew only if no more than this is left; else print the same token' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l ttl -d 'How long the fresh token lives [default: as long as the one presented did]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l session-max -d 'How long the session can be prolonged, from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l leeway -d 'How far clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l max-age -d 'Refuse a token that was issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l iss -d 'The issuer it has to be from (iss) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l aud -d 'The audience it has to be for (aud) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l sub -d 'The user it has to be about (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l typ -d 'The type that its header has to name (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l require -d 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l claim -d 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l has -d 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l session -d 'Issue this session\'s current tokens again, after an answer that was lost' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s o -l output -d 'How they are printed: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'The token alone; of a pair the access token'
access\t'The access token alone'
refresh\t'The refresh token alone'
env\t'Lines NAME=token for a shell'
wire\t'The JSON answer of a server'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l ttl -d 'How long the fresh access token lives [default: as long as the one before it did]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l refresh-ttl -d 'How long the fresh refresh token lives [default: as long as the one presented did]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l session-max -d 'How long the session can be prolonged, from its login' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l leeway -d 'How far clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l max-age -d 'Refuse a token that was issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l iss -d 'The issuer it has to be from (iss) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l aud -d 'The audience it has to be for (aud) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l sub -d 'The user it has to be about (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l typ -d 'The type that its header has to name (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l require -d 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l claim -d 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l has -d 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l reuse-grace -d 'How long after its first use a retired token still gets the same successor [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l session -d 'The session of this id' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s u -l user -d 'Every session of this user' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l issued-before -d 'Every session that began before; with --user, of that user' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l all -d 'Every session in the store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s y -l yes -d 'End more than one session without asking'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l dry-run -d 'Say what would end, and end nothing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l unverified -d 'Go by the ids that the token gives, whoever signed it; asks first'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l missing-ok -d 'Exit with 0 also where there is nothing to end'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l leeway -d 'How far clocks may differ, at most a day [default: 0]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l max-age -d 'Refuse a token that was issued longer ago than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l iss -d 'The issuer it has to be from (iss) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l aud -d 'The audience it has to be for (aud) [may repeat: any of them]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l sub -d 'The user it has to be about (sub)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l typ -d 'The type that its header has to name (typ)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l require -d 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l claim -d 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l has -d 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l min-ttl -d 'Refuse a token that ends sooner than this' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l kind -d 'What the token has to be for: access (using a service), refresh (getting the next) or any' -r -f -a "access\t'For using a service'
refresh\t'For getting the next access token'
any\t'Either'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l kid -d 'The key id that its header has to name (kid)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l as -d 'Print what the profile\'s Django server would answer, the token sent to this view of it: view (any that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist' -r -f -a "view\t'Any view that asks for authentication'
stateless\t'The same where no user table is asked (simplejwt)'
verify\t'The view that verifies'
refresh\t'The view that refreshes'
sliding-refresh\t'The view that refreshes sliding tokens (simplejwt)'
blacklist\t'The view that blacklists'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l allow-no-exp -d 'Accept a token that never expires'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l jws -d 'Check header and signature alone; the payload may be anything, and no claim can be asked for. Of a profile its key and algorithms count'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l batch -d 'Read one token a line from standard input, and answer a line for each: number, verdict and why; with --json an object. Blank lines are passed over'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l token-env -d 'Take the token from this environment variable' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l field -d 'Of several tokens in what is given, take the one of this name' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l max-token-size -d 'The largest token to read, in bytes [default: 4m]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l part -d 'Print one part alone, byte for byte: header, payload or signature' -r -f -a "header\t'What signed it and how'
payload\t'The claims'
signature\t'The bytes of the signature'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s o -l output -d 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header' -r -f -a "token\t'The token alone; of a pair the access token'
access\t'The access token alone'
refresh\t'The refresh token alone'
env\t'Lines NAME=token for a shell'
wire\t'The JSON answer of a server'
auth-header\t'An Authorization line for curl -H @-'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s c -l claim -d 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l ttl -d 'How long the token lives: sets exp to that long from now' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l exp -d 'When the token ends (exp)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l nbf -d 'When the token begins to hold (nbf)' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l header -d 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l typ -d 'The type that the header names (typ) [default: JWT]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l kid -d 'Sign with the key of this id, or write it into the header' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand encode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -f -a "list" -d 'List the sessions, the last used first, a line each'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -f -a "show" -d 'Show a session: its tokens on a time line, which was retired when, and how it ended'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and not __fish_seen_subcommand_from list show purge" -f -a "purge" -d 'Remove what guards nothing any more; what could still verify, or come back, stays'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s u -l user -d 'Of this user alone' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l state -d 'In this state alone: live, expired, ended, revoked or reuse-detected [may repeat]' -r -f -a "live\t'One of its tokens can be used'
expired\t'All its tokens have expired'
ended\t'Its absolute end has passed'
revoked\t'It was ended by hand'
reuse-detected\t'It was ended when a retired token came back'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l store -d 'Where sessions are kept: a file, postgres://…, a Django application\'s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l dry-run -d 'Say what would be removed, and remove nothing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-store -d 'Do without a store: what it would know is not checked, and nothing is recorded'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l rehearse -d 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand session; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List every profile, built in and of your own, a line each'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show every value of a profile, and where each is from'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "generate" -d 'Make a key: a pair of a private and a public key, or a secret'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "show" -d 'Describe a key: what it is, what it may do, how strong it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "jwks" -d 'Print the public parts of keys as a JWKS, for those who check your tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "convert" -d 'Write a key in another form: JWK, JWKS, PEM or DER'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and not __fish_seen_subcommand_from generate show jwks convert rotate" -f -a "rotate" -d 'Roll a private JWKS over: a new key signs, the one before checks for a while longer'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l alg -d 'What it is to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l bits -d 'Its length: RSA 2048, 3072 or 4096; a secret 256 to 1024 [default: RSA 2048; a secret as long as its hash]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l kid -d 'Its name in tokens and key sets [default: its RFC 7638 thumbprint]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'How it is written: jwk, jwks, pem, der or raw (a secret\'s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]' -r -f -a "jwk\t'One JSON Web Key'
jwks\t'A set of JSON Web Keys'
pem\t'PEM: PKCS#8, or SPKI of a public key'
der\t'DER of the same'
raw\t'A secret\'s bytes'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l out -d 'The file it goes to, for you alone (mode 0600); - or left out: standard output' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l force -d 'Replace a file that is there already'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l secret -d 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l key -d 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l alg -d 'Use these algorithms alone of those that the key serves, with commas between [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l allow-weak-key -d 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l no-dev-key -d 'Never use or make the development key'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from jwks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l kid -d 'Take this key of a set; a single key without a kid is given it' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l format -d 'How it is written: jwk, jwks, pem, der or raw (a secret\'s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]' -r -f -a "jwk\t'One JSON Web Key'
jwks\t'A set of JSON Web Keys'
pem\t'PEM: PKCS#8, or SPKI of a public key'
der\t'DER of the same'
raw\t'A secret\'s bytes'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l out -d 'The file it goes to, for you alone (mode 0600); - or left out: standard output' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l key-passphrase -d 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l public -d 'The public part alone'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l force -d 'Replace a file that is there already'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from convert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l overlap -d 'How long the retired key still checks signatures [default: the longest lifetime of the profile\'s tokens]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l retire -d 'The key to retire, where several sign' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l kid -d 'The name of the new key [default: its RFC 7638 thumbprint]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l prune -d 'Also drop retired keys whose time is over'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Say what would be done, and do nothing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand completions" -s h -l help -d 'Print help'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l out -d 'Write every page into this folder, and make the folder if it is not there' -r -f -a "(__fish_complete_directories)"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l profile -d 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file\'s' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l config -d 'The config file with profiles of your own' -r -F
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l set -d 'Change a setting of the profile for this call, by our name or Django\'s, as in leeway=30s [may repeat]' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l now -d 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d' -r
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l color -d 'When to use colours: auto, always or never' -r -f -a "auto\t'Where the stream is a terminal'
always\t'On every stream'
never\t'On none'"
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l json -d 'Answer with one JSON object on standard output, also when refusing'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -l no-input -d 'Never ask anything; what is missing is an error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s q -l quiet -d 'Say less on standard error'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s v -l verbose -d 'Say which config file, profile, key and store are used'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "issue" -d 'Log a user in by hand: print a token, or a pair of tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "inspect" -d 'Explain a token: what it says, whether it holds, what to do'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "renew" -d 'Prolong a session: print a fresh token for one that holds'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "rotate" -d 'Renew a token and retire it: from then on only its successor counts'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "revoke" -d 'End sessions now: one by its token or id, or many at once'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "verify" -d 'Check a token: the exit status says yes or no'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "decode" -d 'Show a token\'s parts as they are; nothing is checked'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "encode" -d 'Sign claims of your own'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "session" -d 'See what the store knows: its sessions, one with its tokens over time; clean it up'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "profile" -d 'See the session models: which there are, and every value of one'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "key" -d 'Make keys, describe them, publish their public parts, change their form, roll them over'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "completions" -d 'Print a script that completes jwtsess\'s words in your shell'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "man" -d 'Print the manual page of a command, or write all pages into a folder'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and not __fish_seen_subcommand_from issue inspect renew rotate revoke verify decode encode session profile key completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List the sessions, the last used first, a line each'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "show" -d 'Show a session: its tokens on a time line, which was retired when, and how it ended'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "purge" -d 'Remove what guards nothing any more; what could still verify, or come back, stays'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List every profile, built in and of your own, a line each'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'Show every value of a profile, and where each is from'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a key: a pair of a private and a public key, or a secret'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "show" -d 'Describe a key: what it is, what it may do, how strong it is'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "jwks" -d 'Print the public parts of keys as a JWKS, for those who check your tokens'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "convert" -d 'Write a key in another form: JWK, JWKS, PEM or DER'
complete -c jwtsess -n "__fish_jwtsess_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Roll a private JWKS over: a new key signs, the one before checks for a while longer'
