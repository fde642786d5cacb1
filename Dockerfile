# Built with `docker build -t tigris-key-bot .`, run as the README says.

FROM node:24-slim AS manifest
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# What the bot runs with. No package of its needs an install script.
FROM manifest AS dependencies
RUN npm ci --omit=dev --ignore-scripts

FROM manifest AS build
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production
ENV DATABASE_URL=file:/data/tigris-key-bot.db
# SQLite's large temporary files go there too: elsewhere there may be nowhere to write.
ENV SQLITE_TMPDIR=/data
WORKDIR /app
# A new volume takes over this folder's owner and mode. Everything else may be read-only.
RUN install -d -o 1000 -g 1000 -m 700 /data
COPY package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# By number, so that an orchestrator sees that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
# A bot that can't reach Slack gains nothing from a restart, so this asks whether the process answers, not /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://' + (process.env.HOST || '127.0.0.1') + ':' + (process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The process ends by itself within 25 seconds of SIGTERM: `docker stop --time 30`.
CMD ["node", "dist/main.js"]
