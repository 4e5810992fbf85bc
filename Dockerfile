# Scimulator for teams without Node; docs/pipeline.md says how it is built and run.
FROM node:22-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production
COPY --from=build /src/package.json /src/LICENSE /app/
COPY --from=build /src/node_modules /app/node_modules
COPY --from=build /src/dist /app/dist
COPY --from=build /src/schemas /app/schemas
# Whoever it is run as can write here, with a folder mounted or without.
WORKDIR /work
RUN chmod 1777 .
USER node
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
