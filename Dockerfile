# Scimulator for teams without Node:
#   docker build -t scimulator .
#   docker run --rm -e SCIM_TOKEN -v "$PWD:/work" scimulator conform https://host.example/scim/v2 --token-env SCIM_TOKEN --yes
FROM node:22-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production
COPY --from=build /src/package.json /app/package.json
COPY --from=build /src/node_modules /app/node_modules
COPY --from=build /src/dist /app/dist
COPY --from=build /src/schemas /app/schemas
USER node
WORKDIR /work
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
