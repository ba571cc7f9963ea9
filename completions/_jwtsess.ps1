
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
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Log a user in by hand: print a token, or a pair of tokens')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain a token: what it says, whether it is valid, and what to do')
            [CompletionResult]::new('renew', 'renew', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that is still valid')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that is still valid')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Renew a token and retire it: from then on only its successor can be used')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End sessions now: one by its token or id, or many at once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token: the exit status says yes or no')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show a token''s parts as they are, without checking anything')
            [CompletionResult]::new('encode', 'encode', [CompletionResultType]::ParameterValue, 'Sign claims of your own')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Make the store; list, show and clean up its sessions')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'List the session models, or show one''s settings')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make, describe, publish, convert and rotate keys')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes jwtsess''s commands and flags in your shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command, or write all pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwtsess;issue' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user to log in (written as sub; with simplejwt as user_id, with drf-jwt as username)')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user to log in (written as sub; with simplejwt as user_id, with drf-jwt as username)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the token lives: 90s, 15m, 1h30m, 7d')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'How long the refresh token lives')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, from now')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When the token expires (exp)')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When the token becomes valid (nbf)')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'Who issues the token (iss)')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'Whom the token is for (aud) [may repeat]')
            [CompletionResult]::new('--jti', '--jti', [CompletionResultType]::ParameterName, 'The token''s id (jti) [default: a random one]')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What the token allows (scope)')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The application that asked for the token (client_id)')
            [CompletionResult]::new('--user-id', '--user-id', [CompletionResultType]::ParameterName, 'The user''s number or id in a Django server''s database (user_id)')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The user''s e-mail address, as djangorestframework-jwt writes it (email)')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'Claims as a JSON object, @FILE for a file, or - for standard input; --claim overrides them')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type in the header (typ)')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Sign with the key that has this id, or write the id into the header')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one JSON object of claims per line from standard input (its sub names the user), and print a line for each: the token, or of a pair what a server would answer')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;inspect' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How much two clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The required issuer (iss) [may repeat: any of them will do]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The required audience (aud) [may repeat: any of them will do]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The required subject (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The required type in the header (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]')
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Refuse a token that expires in less than this')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The required key id in the header (kid)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one token per line from standard input, and print a line for each: its number, the verdict and why (with --json an object). Blank lines are skipped')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Print no lines, only how many tokens there were by verdict, key id and issuer')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;renew' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Renew only if the token expires within this time; else print the same token')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh token lives [default: as long as the token given; under a Django profile, as long as its server would let it]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, counted from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How much two clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The required issuer (iss) [may repeat: any of them will do]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The required audience (aud) [may repeat: any of them will do]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The required subject (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The required type in the header (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;refresh' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Renew only if the token expires within this time; else print the same token')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh token lives [default: as long as the token given; under a Django profile, as long as its server would let it]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, counted from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How much two clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The required issuer (iss) [may repeat: any of them will do]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The required audience (aud) [may repeat: any of them will do]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The required subject (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The required type in the header (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;rotate' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'Print this session''s current tokens again, after an answer was lost')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print them: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print them: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the fresh access token lives [default: as long as the one before it]')
            [CompletionResult]::new('--refresh-ttl', '--refresh-ttl', [CompletionResultType]::ParameterName, 'How long the fresh refresh token lives [default: as long as the token given]')
            [CompletionResult]::new('--session-max', '--session-max', [CompletionResultType]::ParameterName, 'How long the session can be prolonged, counted from its login')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How much two clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The required issuer (iss) [may repeat: any of them will do]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The required audience (aud) [may repeat: any of them will do]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The required subject (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The required type in the header (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--reuse-grace', '--reuse-grace', [CompletionResultType]::ParameterName, 'How long after its first use a retired token still gets the same successor [default: 0]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;revoke' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'End the session with this id')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer of the session, where several issuers have a session with that id')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'End every session of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'End every session of this user')
            [CompletionResult]::new('--issued-before', '--issued-before', [CompletionResultType]::ParameterName, 'End every session that began before this time; with --user, only that user''s')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'End every session in the store')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'End more than one session without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'End more than one session without asking')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would end, without ending anything')
            [CompletionResult]::new('--unverified', '--unverified', [CompletionResultType]::ParameterName, 'End the session that the token names even if its signature can''t be checked; asks first')
            [CompletionResult]::new('--missing-ok', '--missing-ok', [CompletionResultType]::ParameterName, 'Exit 0 even if there is nothing to end')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;verify' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'How much two clocks may differ, at most a day [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse a token issued longer ago than this')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The required issuer (iss) [may repeat: any of them will do]')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The required audience (aud) [may repeat: any of them will do]')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The required subject (sub)')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The required type in the header (typ)')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'A claim that the token must have; a name beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim and the value it must have; NAME:=JSON for a number …; a NAME beginning with / is a JSON Pointer [may repeat]')
            [CompletionResult]::new('--has', '--has', [CompletionResultType]::ParameterName, 'A claim and a value that must be in its list, or in its string of words (scope); written as for --claim [may repeat]')
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Refuse a token that expires in less than this')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What the token must be for: access (using a service), refresh (getting the next token), id (telling a client who logged in) or any')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The required key id in the header (kid)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Print the lines of these tokens alone: accepted (valid) or refused (all others). All are counted')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Print the verdict and these claims, with tabs between: sub,jti,exp. A claim that is not there is -; a name beginning with / is a JSON Pointer')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Print what the profile''s Django server would answer if the token were sent to this view: view (any view that asks for authentication), stateless, verify, refresh, sliding-refresh or blacklist')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--refresh-secret', '--refresh-secret', [CompletionResultType]::ParameterName, 'The secret of refresh tokens, if it is another one, in the form that --secret takes [may repeat]')
            [CompletionResult]::new('--refresh-key', '--refresh-key', [CompletionResultType]::ParameterName, 'A key of refresh tokens, if it is another one, in the form that --key takes [may repeat]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-no-exp', '--allow-no-exp', [CompletionResultType]::ParameterName, 'Accept a token that never expires')
            [CompletionResult]::new('--jws', '--jws', [CompletionResultType]::ParameterName, 'Check only the header and the signature; the payload may be anything, and no claim can be checked. Only the profile''s key and algorithms are used')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one token per line from standard input, and print a line for each: its number, the verdict and why (with --json an object). Blank lines are skipped')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Print no lines, only how many tokens there were by verdict, key id and issuer')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;decode' {
            [CompletionResult]::new('--token-env', '--token-env', [CompletionResultType]::ParameterName, 'Take the token from this environment variable')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'If the text holds several tokens, take the one with this name')
            [CompletionResult]::new('--max-token-size', '--max-token-size', [CompletionResultType]::ParameterName, 'The largest token to read, in bytes [default: 4m]')
            [CompletionResult]::new('--part', '--part', [CompletionResultType]::ParameterName, 'Print only one part, byte for byte: header, payload or signature')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;encode' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print it: token, access, refresh, env, wire (as a server answers) or auth-header')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim: NAME=TEXT, or NAME:=JSON for a number, true, a list … [may repeat]')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long the token lives: sets exp to that long from now')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When the token expires (exp)')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When the token becomes valid (nbf)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header parameter: NAME=TEXT or NAME:=JSON [may repeat]')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type in the header (typ) [default: JWT]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Sign with the key that has this id, or write the id into the header')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;session' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the session store; one that is there and sound stays as it is')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions, one per line, the last used first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a session: its tokens on a time line, when each was retired, and how the session ended')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove records that are no longer needed; those of tokens that could still be used stay')
            break
        }
        'jwtsess;session;init' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--upgrade', '--upgrade', [CompletionResultType]::ParameterName, 'Bring a store that an earlier version made up to date: earlier versions then refuse it')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;session;list' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'List only this user''s sessions')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'List only this user''s sessions')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'List only sessions in this state: live, expired, ended, revoked or reuse-detected [may repeat]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;session;show' {
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The session''s issuer, where several issuers have a session with that id')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;session;purge' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where sessions are stored: a file, postgres://…, a Django application''s own database (django+sqlite:///PATH, django+postgres://…), or a variable that holds the address (env:NAME, django+env:NAME) [default: sessions.sqlite in your data folder]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be removed, without removing anything')
            [CompletionResult]::new('--no-store', '--no-store', [CompletionResultType]::ParameterName, 'Don''t use a store: revocation and reuse are not checked, nothing is recorded')
            [CompletionResult]::new('--rehearse', '--rehearse', [CompletionResultType]::ParameterName, 'Allow writing to a shared (PostgreSQL) store while --now is set')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;profile' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all profiles, built in and your own, one per line')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting of a profile and where it comes from')
            break
        }
        'jwtsess;profile;list' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;profile;show' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key: a pair of a private and a public key, or a secret')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Describe a key: what it is, what it may do, how strong it is')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public parts of keys as a JWKS, for the services that verify your tokens')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form: JWK, JWKS, PEM or DER')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while')
            break
        }
        'jwtsess;key;generate' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'The algorithm to sign with: HS256, HS384, HS512, RS256 …, PS256 …, ES256, ES384, ES512, ES256K or EdDSA [default: ES256]')
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'The key''s length: 2048, 3072 or 4096 for RSA, 256 to 1024 for a secret [default: 2048 for RSA; a secret is as long as its hash]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key''s id in tokens and key sets (kid) [default: its RFC 7638 thumbprint]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format to write: jwk, jwks, pem, der or raw (a secret''s bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that already exists')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;show' {
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret: env:NAME, file:PATH, dotenv:PATH#NAME, base64: or hex: before one of these, or prompt to be asked [may repeat: the first signs, all verify]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key: a file with PEM, a JWK, a JWKS or a raw secret, - for standard input, env:NAME, dotenv:PATH#NAME, or the https:// address of public keys or of an issuer [may repeat]')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only these of the algorithms the key supports, with commas between [may repeat]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept a short secret, or an RSA key below 2048 bits for verifying, in spite of the risk')
            [CompletionResult]::new('--no-dev-key', '--no-dev-key', [CompletionResultType]::ParameterName, 'Never use or make the development key')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;jwks' {
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long the whole of it may take [default: 15s; 5s to fetch keys]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificate authorities to trust, in place of this machine''s [env: JWTSESS_CACERT, SSL_CERT_FILE]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'A host that may be reached by http://, unencrypted; this machine always may [may repeat]')
            [CompletionResult]::new('--stale-keys', '--stale-keys', [CompletionResultType]::ParameterName, 'If the keys at an address can''t be fetched, use those that were fetched at most this long ago')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request: go by the keys that were fetched before, however old [env: JWTSESS_OFFLINE]')
            [CompletionResult]::new('--refetch', '--refetch', [CompletionResultType]::ParameterName, 'Fetch the keys at an address now, even if those fetched before are fresh')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;convert' {
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Take the key with this id from a set; a single key without an id gets this one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format to write: jwk, jwks, pem, der or raw (a secret''s bytes) [default: by the ending of --out: .pem, .der, .jwk, .jwks, .bin]')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file to write, which only you can read (mode 0600). Use - or leave it out to write to standard output')
            [CompletionResult]::new('--key-passphrase', '--key-passphrase', [CompletionResultType]::ParameterName, 'Where to find the passphrase of an encrypted key file, in the form that --secret takes [default: ask for it]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'Write only the public part')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that already exists')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;key;rotate' {
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long the retired key still verifies signatures [default: the longest lifetime of the profile''s tokens]')
            [CompletionResult]::new('--retire', '--retire', [CompletionResultType]::ParameterName, 'The id of the key to retire, if several sign')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The id of the new key [default: its RFC 7638 thumbprint]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Also remove retired keys that no longer verify anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, without doing it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;completions' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwtsess;man' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write every page into this folder, which is made if it does not exist')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The session model: a built-in profile (sliding, pair, oauth, simplejwt, drf-jwt, …) or one from the config file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file, which holds your own profiles')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Override a profile setting for this call, by jwtsess''s or Django''s name, as in leeway=30s [may repeat]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: 2026-11-24T12:00:00Z, +2h, -1d')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours: auto, always or never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer, or the refusal, as one JSON object on standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask a question; what is missing is an error')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print less on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say which config file, profile, key and store are used, and why')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwtsess;help' {
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Log a user in by hand: print a token, or a pair of tokens')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain a token: what it says, whether it is valid, and what to do')
            [CompletionResult]::new('renew', 'renew', [CompletionResultType]::ParameterValue, 'Prolong a session: print a fresh token for one that is still valid')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Renew a token and retire it: from then on only its successor can be used')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End sessions now: one by its token or id, or many at once')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token: the exit status says yes or no')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show a token''s parts as they are, without checking anything')
            [CompletionResult]::new('encode', 'encode', [CompletionResultType]::ParameterValue, 'Sign claims of your own')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Make the store; list, show and clean up its sessions')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'List the session models, or show one''s settings')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make, describe, publish, convert and rotate keys')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes jwtsess''s commands and flags in your shell')
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
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the session store; one that is there and sound stays as it is')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sessions, one per line, the last used first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a session: its tokens on a time line, when each was retired, and how the session ended')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Remove records that are no longer needed; those of tokens that could still be used stay')
            break
        }
        'jwtsess;help;session;init' {
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
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all profiles, built in and your own, one per line')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting of a profile and where it comes from')
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
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public parts of keys as a JWKS, for the services that verify your tokens')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form: JWK, JWKS, PEM or DER')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Rotate the keys of a private JWKS: a new key signs, the old one still verifies for a while')
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
