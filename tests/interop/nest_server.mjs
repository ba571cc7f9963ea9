// A NestJS server on a free port of the loopback: the login of NestJS's documentation, and the refresh that most applications add to it: a second secret, and the
// digest of the last refresh token beside the user.
//
//   nest_server.mjs FOLDER < settings        as serving.mjs has it
//
// The settings: `signing_key` is the secret of access tokens, `refresh_key` that of refresh tokens.
//
//   POST /login {username, password}; POST /refresh with the refresh token in the header; POST /logout and GET /view with the access token
// Users: alice (id 1) and bob (2); each has the password NAME-password.
import { createHash } from 'node:crypto';
import { load, serve, withClock } from './serving.mjs';

load('reflect-metadata');
const { Body, Controller, ForbiddenException, Get, HttpCode, Module, Post, Req, UnauthorizedException, UseGuards } = load('@nestjs/common');
const { NestFactory } = load('@nestjs/core');
const { JwtService } = load('@nestjs/jwt');
const { AuthGuard, PassportStrategy } = load('@nestjs/passport');
const { ExtractJwt, Strategy } = load('passport-jwt');

/** The decorators of a method and of its first parameter, as TypeScript would apply them. */
function decorate(type, name, decorators, parameter) {
  parameter?.()(type.prototype, name, 0);
  Reflect.decorate(decorators, type.prototype, name, Object.getOwnPropertyDescriptor(type.prototype, name));
}

const bearer = ExtractJwt.fromAuthHeaderAsBearerToken();
const digest = (token) => createHash('sha256').update(token).digest('hex');

function application(given) {
  const users = ['alice', 'bob'].map((name, i) => ({ id: i + 1, name, password: `${name}-password`, refresh: null }));
  const jwt = new JwtService({});

  class AccessStrategy extends PassportStrategy(Strategy, 'jwt') {
    constructor() {
      super({ jwtFromRequest: bearer, secretOrKey: given.signing_key });
    }
    validate(payload) {
      return { userId: payload.sub, username: payload.username };
    }
  }
  class RefreshStrategy extends PassportStrategy(Strategy, 'jwt-refresh') {
    constructor() {
      super({ jwtFromRequest: bearer, secretOrKey: given.refresh_key, passReqToCallback: true });
    }
    validate(request, payload) {
      return { ...payload, token: bearer(request) };
    }
  }

  async function tokens(user) {
    const payload = { sub: user.id, username: user.name };
    const access_token = await jwt.signAsync(payload, { secret: given.signing_key, expiresIn: '15m' });
    const refresh_token = await jwt.signAsync(payload, { secret: given.refresh_key, expiresIn: '7d' });
    user.refresh = digest(refresh_token);
    return { access_token, refresh_token };
  }
  class Auth {
    login(body) {
      const user = users.find((user) => user.name === body.username);
      if (user?.password !== body.password) throw new UnauthorizedException();
      return tokens(user);
    }
    refresh(request) {
      const user = users.find((user) => user.id === request.user.sub);
      if (user.refresh !== digest(request.user.token)) throw new ForbiddenException('Access Denied');
      return tokens(user);
    }
    logout(request) {
      users.find((user) => user.id === request.user.userId).refresh = null;
      return true;
    }
    /** For the tests alone: a refresh token that was made elsewhere becomes the user's last one. */
    adopt(body) {
      users.find((user) => user.name === body.username).refresh = digest(body.refresh_token);
      return true;
    }
    view(request) {
      return { user: request.user.username, id: request.user.userId };
    }
  }
  decorate(Auth, 'login', [HttpCode(200), Post('login')], Body);
  decorate(Auth, 'refresh', [UseGuards(AuthGuard('jwt-refresh')), HttpCode(200), Post('refresh')], Req);
  decorate(Auth, 'logout', [UseGuards(AuthGuard('jwt')), HttpCode(200), Post('logout')], Req);
  decorate(Auth, 'adopt', [HttpCode(200), Post('adopt')], Body);
  decorate(Auth, 'view', [UseGuards(AuthGuard('jwt')), Get('view')], Req);
  Controller()(Auth);
  class Application {}
  Module({ controllers: [Auth], providers: [AccessStrategy, RefreshStrategy] })(Application);
  return NestFactory.create(Application, { logger: false });
}

serve(async (given) => {
  const server = await application(given);
  server.use(withClock);
  await server.listen(0, '127.0.0.1');
  return server.getHttpServer().address().port;
});
