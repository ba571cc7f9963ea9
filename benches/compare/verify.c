/* Verifies one token per line with libjwt: verify SECRET < TOKENS. It prints the claims of each. */
#include <jwt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

int main(int count, char **args) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  if (count != 2) return 2;
  const unsigned char *key = (const unsigned char *)args[1];
  while ((length = getline(&line, &room, stdin)) > 0) {
    jwt_t *token = NULL;
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (jwt_decode(&token, line, key, (int)strlen(args[1])) != 0 || jwt_get_alg(token) != JWT_ALG_HS256) return 1;
    char *claims = jwt_get_grants_json(token, NULL);
    puts(claims);
    free(claims);
    jwt_free(token);
  }
  free(line);
  return 0;
}
