# The site in production. Settings come from the environment: see .env.example.
#   docker build --build-arg RELEASE=2026-05-01 --tag school-app-registry .
#   docker run --env-file .env school-app-registry python manage.py migrate
#   docker run --env-file .env --env WEB_CONCURRENCY=4 --publish 127.0.0.1:8000:8000 school-app-registry

FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY . .
# Settings refuse to start without these; the key is made here and kept nowhere.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=sqlite:////tmp/build.sqlite3 \
    /venv/bin/python manage.py collectstatic --no-input \
    && /venv/bin/python -m compileall -q /app

FROM python:3.13-slim
ARG RELEASE=development
ENV PATH=/venv/bin:$PATH PORT=8000 PYTHONUNBUFFERED=1 RELEASE=$RELEASE
RUN useradd --system --uid 10001 --no-create-home registry
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
EXPOSE 8000
HEALTHCHECK --start-period=20s --timeout=5s CMD ["python", "-m", "config.health"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
