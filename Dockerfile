# Built with `docker build -t tigris-key-bot .`, run as the README says.

# Both stages from Node have one base, by its digest: `docker buildx imagetools inspect node:24-bookworm-slim` shows a newer one.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS manifest
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

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
ENV NODE_ENV=production
ENV DATABASE_URL=file:/data/tigris-key-bot.db
# SQLite's large temporary files go there too: elsewhere there may be nowhere to write.
ENV SQLITE_TMPDIR=/data
# A published port does not reach the loopback address, which is the default. Where there is only IPv6, set `::`.
ENV HOST=0.0.0.0
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
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "dist/health-check.js"]
# The process ends by itself within 25 seconds of SIGTERM: `docker stop --time 30`.
CMD ["node", "dist/main.js"]
