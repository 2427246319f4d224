# Everything a person needs: make demo, make test. The rest is for those who work on it.
PREFIX ?= /usr
RELEASE = swift build -c release --static-swift-stdlib --product bellwether

.PHONY: demo test build setup format lint rules fuzz soak install uninstall clean

demo: setup   ## build a release binary and run the real daemon on the example notes
	$(RELEASE)
	scripts/demo

test:         ## build and run every test
	@scripts/setup tests
	swift build --build-tests
	swift test --skip-build

build: setup  ## a release binary that needs no Swift where it runs
	$(RELEASE)

setup:        ## install what the build needs
	@scripts/setup

rules: build  ## run the sentences that the shipped rules carry
	.build/release/bellwether rules test

fuzz: setup   ## try to break every parser for MINUTES (10)
	scripts/fuzz $(or $(MINUTES),10)

soak: build   ## kill, fill and confuse the real daemon for a long time, then fuzz; see docs/robustness.md
	python3 scripts/soak all --binary .build/release/bellwether --kills $(or $(KILLS),1000) --operations $(or $(OPERATIONS),1000000) --seed $(or $(SEED),1)
	scripts/fuzz $(or $(MINUTES),10)

format:       ## lay the sources out
	swift format -i -r Package.swift Sources Tests

lint:         ## say where the sources are not laid out so
	swift format lint -s -r Package.swift Sources Tests

install: build  ## put binary, plugins, gazetteers, units under $(DESTDIR)$(PREFIX)
	scripts/install "$(DESTDIR)" "$(PREFIX)"

uninstall:    ## take them away again; configuration and state stay
	scripts/install --remove "$(DESTDIR)" "$(PREFIX)"

clean:
	rm -rf .build demo-output
