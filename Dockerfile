# ssot-lint for CI systems that run images: docker run --rm -v "$PWD:/code:ro" IMAGE
# To keep the cache for the next run: -v ssot-lint-cache:/cache
FROM python:3.13-slim AS build
COPY . /src
RUN pip wheel --no-cache-dir --wheel-dir /wheels /src

FROM python:3.13-slim
# git tells what is ignored and what has changed.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /code
RUN --mount=from=build,source=/wheels,target=/wheels pip install --no-cache-dir --no-index --find-links /wheels ssot-lint
RUN useradd --create-home lint && mkdir /cache && chown lint /cache
USER lint
WORKDIR /code
ENTRYPOINT ["ssot-lint"]
CMD ["scan", "--cache-dir", "/cache", "."]
