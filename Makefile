# make help tells what there is. Each target is one script or one Maven call; the scripts say what they need.
.DEFAULT_GOAL := help
MAVEN := mvn -B -ntp

.PHONY: help build test demo site dist images release reproducible bench sim fuzz clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## compile everything: the native init, the converter, the tarball
	@scripts/prerequisites build
	@echo "building; a first build fetches its tools and takes some minutes"
	$(MAVEN) -q package -Dmaven.test.skip=true

test: ## every test, with real containers on Alpine, Debian and UBI where a Docker engine is or can be started
	@scripts/test

demo: ## convert a real supervisord.conf and run it under the native init, before your eyes (no Docker, no root)
	@scripts/prerequisites build
	@scripts/demo

site: ## dist/site: the documentation as a site, with search; broken links are errors
	@scripts/site

dist: build ## dist/: tarballs, packages, images, the converter, what is in them, checksums
	@scripts/prerequisites dist
	@scripts/dist
	@scripts/release/table dist

images: build ## dist/: the tarballs and, of them, the image for COPY --from, as an OCI layout and for docker load
	@mkdir -p dist && cp overlay-tarball/target/pintle-*.tar.gz dist/
	@scripts/release/image dist

release: ## dist/ of the last commit, built twice and compared to the byte; signed where PINTLE_MINISIGN_KEY names a key
	@scripts/prerequisites dist
	@scripts/reproducible dist

reproducible: ## build all of dist/ twice of the last commit and compare to the byte
	@scripts/prerequisites dist
	@scripts/reproducible

sim: ## play simulated worlds: make sim SEED=1 WORLDS=1000000
	$(MAVEN) -pl init -am test -Dtest=WorldsTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dsim.seed=$(or $(SEED),1) -Dsim.worlds=$(or $(WORLDS),200000)

fuzz: ## give the native program inputs that a fuzzer makes up: make fuzz SECONDS=1800 (for each of eight targets)
	@scripts/prerequisites test
	@scripts/fuzz $(or $(SECONDS),60)

bench: build ## Pintle beside supervisord, s6, runit and tini: start, memory, processes, size, stop (root, some minutes)
	@bench/compare

clean: ## remove what was built
	$(MAVEN) -q clean
	rm -rf dist site/target
