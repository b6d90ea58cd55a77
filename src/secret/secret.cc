#include "secret/secret.h"

#include <string.h>

#include <utility>

namespace everseal {

void wipe(std::span<std::uint8_t> octets) noexcept {
  if (!octets.empty()) explicit_bzero(octets.data(), octets.size());
}

void wipe(std::string& text) noexcept {
  if (!text.empty()) explicit_bzero(text.data(), text.size());
  text.clear();
}

bool equal_in_constant_time(ByteView left, ByteView right) {
  if (left.size() != right.size()) return false;
  volatile std::uint8_t difference = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    difference = static_cast<std::uint8_t>(difference | (left[at] ^ right[at]));
  }
  return difference == 0;
}

SecretBytes::SecretBytes(Bytes&& octets) noexcept : octets_(std::exchange(octets, {})) {}

SecretBytes SecretBytes::copy_of(ByteView octets) { return SecretBytes(to_bytes(octets)); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : octets_(std::exchange(other.octets_, {})) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    wipe();
    octets_ = std::exchange(other.octets_, {});
  }
  return *this;
}

SecretBytes::~SecretBytes() { wipe(); }

void SecretBytes::wipe() noexcept { everseal::wipe(octets_); }

}  // namespace everseal
