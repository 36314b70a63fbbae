ARG NPM_TOKEN
ARG DB_PASSWORD=correct-horse-battery
FROM debian
ARG NPM_TOKEN
ENV DB_PASSWORD=$DB_PASSWORD TOKEN_URL=https://example.com/token PASSWORD_FILE=/run/secrets/db
ENV NPM_TOKEN ${NPM_TOKEN}
ENV LEGACY_SECRET correct horse battery
RUN export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYzzz9aBcDeFgH && \
    GITHUB_TOKEN=ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8 ./fetch
RUN curl -u admin:tr0ub4dor-and-3 https://example.com/x
COPY . .
LABEL build.token=ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r9
CMD ["app", "--password", "tr0ub4dor-and-4"]
