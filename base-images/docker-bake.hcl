# The three base images at once, each for amd64 and arm64, from the top of the repository, after `make dist`:
#   docker buildx bake -f base-images/docker-bake.hcl
# Paths in a bake file start where the command runs; a Dockerfile's path starts at its context.

variable "VERSION" {
  default = "0.1.0"
}

variable "REPOSITORY" {
  default = "pintle"
}

group "default" {
  targets = ["alpine", "debian", "ubi9"]
}

target "common" {
  context   = "dist"
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    VERSION = VERSION
  }
}

target "alpine" {
  inherits   = ["common"]
  dockerfile = "../base-images/alpine/Dockerfile"
  tags       = ["${REPOSITORY}:alpine", "${REPOSITORY}:${VERSION}-alpine"]
}

target "debian" {
  inherits   = ["common"]
  dockerfile = "../base-images/debian/Dockerfile"
  tags       = ["${REPOSITORY}:debian", "${REPOSITORY}:${VERSION}-debian"]
}

target "ubi9" {
  inherits   = ["common"]
  dockerfile = "../base-images/ubi9/Dockerfile"
  tags       = ["${REPOSITORY}:ubi9", "${REPOSITORY}:${VERSION}-ubi9"]
}
