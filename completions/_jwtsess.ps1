
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'jwtsess' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'jwtsess'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'jwtsess' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Log a user in by hand: print a token, or a pair of tokens')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain a token: what it says, whether it holds, what to do')
            [CompletionResult]::new('renew', 'renew', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that holds')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that holds')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Renew a token and retire it: from then on only its successor counts')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End sessions now: one by its token or id, or many at once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token: the exit status says yes or no')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show a token''s parts as they are; nothing is checked')
            [CompletionResult]::new('encode', 'encode', [CompletionResultType]::ParameterValue, 'Sign claims of your own')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'See what the store knows: its sessions, one with its tokens over time; clean it up')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See the session models: which there are, and every value of one')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make keys, describe them, publish their public parts, change their form, roll them over')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes jwtsess''s words in your shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command, or write all pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwtsess;issue' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user to log in (sub; under simplejwt user_id, under drf-jwt username)')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user to log in (sub; under simplejwt user_id, under drf-jwt username)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the token lives: 90s, 15m, 1h30m, 7d')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'How long the refresh token lives')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, from now')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When the token ends (exp)')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When the token begins to hold (nbf)')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'Who issues it (iss)')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'Whom it is for (aud) [may repeat]')
            [CompletionResult]::new('--jti', '--jti', [CompletionResultType]::ParameterName, 'Its id (jti), in place of a fresh one')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What it allows (scope)')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The application that asked for it (client_id)')
            [CompletionResult]::new('--user-id', '--user-id', [CompletionResultType]::ParameterName, 'The user''s number or id in a Django server''s database (user_id)')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The user''s e-mail address, as djangorestframework-jwt writes it (email)')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'Claims as a JSON object, typed, in a file or - for standard input; --claim comes after')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that the header names (typ)')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Sign with the key of this id, or write it into the header')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;inspect' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How far clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token that was issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer it has to be from (iss) [may repeat: any of them]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience it has to be for (aud) [may repeat: any of them]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The user it has to be about (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that its header has to name (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]')
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Refuse a token that ends sooner than this')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What the token has to be for: access (using a service), refresh (getting the next) or any')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key id that its header has to name (kid)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;renew' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Renew only if no more than this is left; else print the same token')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh token lives [default: as long as the one presented did]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How far clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token that was issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer it has to be from (iss) [may repeat: any of them]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience it has to be for (aud) [may repeat: any of them]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The user it has to be about (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that its header has to name (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;refresh' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Renew only if no more than this is left; else print the same token')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh token lives [default: as long as the one presented did]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How far clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token that was issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer it has to be from (iss) [may repeat: any of them]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience it has to be for (aud) [may repeat: any of them]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The user it has to be about (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that its header has to name (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;rotate' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'Issue this session''s current tokens again, after an answer that was lost')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How they are printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How they are printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh access token lives [default: as long as the one before it did]')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'How long the fresh refresh token lives [default: as long as the one presented did]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How far clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token that was issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer it has to be from (iss) [may repeat: any of them]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience it has to be for (aud) [may repeat: any of them]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The user it has to be about (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that its header has to name (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;revoke' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'The session of this id')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Every session of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Every session of this user')
            [CompletionResult]::new('--issued-before', '--issued-before', [CompletionResultType]::ParameterName, 'Every session that began before; with --user, of that user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every session in the store')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'End more than one session without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'End more than one session without asking')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would end, and end nothing')
            [CompletionResult]::new('--unverified', '--unverified', [CompletionResultType]::ParameterName, 'Go by the ids that the token gives, whoever signed it; asks first')
            [CompletionResult]::new('--missing-ok', '--missing-ok', [CompletionResultType]::ParameterName, 'Exit with 0 also where there is nothing to end')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;verify' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How far clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token that was issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer it has to be from (iss) [may repeat: any of them]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience it has to be for (aud) [may repeat: any of them]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The user it has to be about (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that its header has to name (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that it has to have; one that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim with the value it has to be; NAME:=JSON for a number …; a NAME that begins with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A value that a list has to have, or a string of words (scope); NAME:=JSON for a number …; NAME as of --claim [may repeat]')
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Refuse a token that ends sooner than this')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What the token has to be for: access (using a service), refresh (getting the next) or any')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key id that its header has to name (kid)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Print what the profile''s Django server would answer, the token sent to this view of it: view (any that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--jws', '--jws', [CompletionResultType]::ParameterName, 'Check header and signature alone; the payload may be anything, and no claim can be asked for. Of a profile its key and algorithms count')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one token a line from standard input, and answer a line for each: number, verdict and why; with --json an object. Blank lines are passed over')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;decode' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Of several tokens in what is given, take the one of this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--part', '--part', [CompletionResultType]::ParameterName, 'Print one part alone, byte for byte: header, payload or signature')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;encode' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How it is printed: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the token lives: sets exp to that long from now')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When the token ends (exp)')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When the token begins to hold (nbf)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that the header names (typ) [default: JWT]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Sign with the key of this id, or write it into the header')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;session' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions, the last used first, a line each')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a session: its tokens on a time line, which was retired when, and how it ended')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove what guards nothing any more; what could still verify, or come back, stays')
            break
        }
        'jwtsess;session;list' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Of this user alone')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Of this user alone')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'In this state alone: live, expired, ended, revoked or reuse-detected [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;session;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;session;purge' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are kept: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or env:NAME, django+env:NAME [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be removed, and remove nothing')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Do without a store: what it would know is not checked, and nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Write to a store that others go by as of another moment: with --now, to a PostgreSQL store')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;profile' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every profile, built in and of your own, a line each')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every value of a profile, and where each is from')
            break
        }
        'jwtsess;profile;list' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;profile;show' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key: a pair of a private and a public key, or a secret')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Describe a key: what it is, what it may do, how strong it is')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public parts of keys as a JWKS, for those who check your tokens')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form: JWK, JWKS, PEM or DER')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Roll a private JWKS over: a new key signs, the one before checks for a while longer')
            break
        }
        'jwtsess;key;generate' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'What it is to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]')
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'Its length: RSA 2048, 3072 or 4096; a secret 256 to 1024 [default: RSA 2048; a secret as long as its hash]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Its name in tokens and key sets [default: its RFC 7638 thumbprint]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How it is written: jwk, jwks, pem, der or raw (a secret''s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file it goes to, for you alone (mode 0600); - or left out: standard output')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that is there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;show' {
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64:… or hex:… of these, or prompt to be asked [may repeat: the first signs, all check]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME or dotenv:PATH#NAME [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Use these algorithms alone of those that the key serves, with commas between [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Use a short secret, or check with RSA below 2048 bits, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;jwks' {
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;convert' {
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Take this key of a set; a single key without a kid is given it')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How it is written: jwk, jwks, pem, der or raw (a secret''s bytes) [default: as the name of --out ends: .pem, .der, .jwk, .jwks, .bin]')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file it goes to, for you alone (mode 0600); - or left out: standard output')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key file, given as --secret is; asked for where it is left out')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'The public part alone')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that is there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;rotate' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long the retired key still checks signatures [default: the longest lifetime of the profile''s tokens]')
            [CompletionResult]::new('--retire', '--retire', [CompletionResultType]::ParameterName, 'The key to retire, where several sign')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The name of the new key [default: its RFC 7638 thumbprint]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Also drop retired keys whose time is over')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;completions' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;man' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write every page into this folder, and make the folder if it is not there')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model to go by, built in (sliding, pair, oauth, simplejwt, drf-jwt, …) or the config file''s')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file with profiles of your own')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a setting of the profile for this call, by our name or Django''s, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object on standard output, also when refusing')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;help' {
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Log a user in by hand: print a token, or a pair of tokens')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain a token: what it says, whether it holds, what to do')
            [CompletionResult]::new('renew', 'renew', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that holds')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Renew a token and retire it: from then on only its successor counts')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End sessions now: one by its token or id, or many at once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token: the exit status says yes or no')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show a token''s parts as they are; nothing is checked')
            [CompletionResult]::new('encode', 'encode', [CompletionResultType]::ParameterValue, 'Sign claims of your own')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'See what the store knows: its sessions, one with its tokens over time; clean it up')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See the session models: which there are, and every value of one')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make keys, describe them, publish their public parts, change their form, roll them over')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes jwtsess''s words in your shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command, or write all pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwtsess;help;issue' {
            break
        }
        'jwtsess;help;inspect' {
            break
        }
        'jwtsess;help;renew' {
            break
        }
        'jwtsess;help;rotate' {
            break
        }
        'jwtsess;help;revoke' {
            break
        }
        'jwtsess;help;verify' {
            break
        }
        'jwtsess;help;decode' {
            break
        }
        'jwtsess;help;encode' {
            break
        }
        'jwtsess;help;session' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions, the last used first, a line each')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a session: its tokens on a time line, which was retired when, and how it ended')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove what guards nothing any more; what could still verify, or come back, stays')
            break
        }
        'jwtsess;help;session;list' {
            break
        }
        'jwtsess;help;session;show' {
            break
        }
        'jwtsess;help;session;purge' {
            break
        }
        'jwtsess;help;profile' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every profile, built in and of your own, a line each')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every value of a profile, and where each is from')
            break
        }
        'jwtsess;help;profile;list' {
            break
        }
        'jwtsess;help;profile;show' {
            break
        }
        'jwtsess;help;key' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key: a pair of a private and a public key, or a secret')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Describe a key: what it is, what it may do, how strong it is')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public parts of keys as a JWKS, for those who check your tokens')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form: JWK, JWKS, PEM or DER')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Roll a private JWKS over: a new key signs, the one before checks for a while longer')
            break
        }
        'jwtsess;help;key;generate' {
            break
        }
        'jwtsess;help;key;show' {
            break
        }
        'jwtsess;help;key;jwks' {
            break
        }
        'jwtsess;help;key;convert' {
            break
        }
        'jwtsess;help;key;rotate' {
            break
        }
        'jwtsess;help;completions' {
            break
        }
        'jwtsess;help;man' {
            break
        }
        'jwtsess;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
