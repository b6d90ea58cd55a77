#include "random/random.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "encoding/hex.h"

namespace everseal {

Bytes Random::bytes(std::size_t count) {
  Bytes octets(count);
  fill(octets);
  return octets;
}

void SystemRandom::fill(std::span<std::uint8_t> octets) {
  while (!octets.empty()) {
    const auto got = getrandom(octets.data(), octets.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      std::abort();  // without unpredictable numbers nothing here may go on
    }
    octets = octets.subspan(static_cast<std::size_t>(got));
  }
}

void CountingRandom::fill(std::span<std::uint8_t> octets) {
  for (auto& octet : octets) {
    // SplitMix64: a counter whose values are mixed until they look unrelated.
    std::uint64_t mixed = state_.fetch_add(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    octet = static_cast<std::uint8_t>(mixed >> 56);
  }
}

std::string random_uuid(Random& random) {
  std::array<std::uint8_t, 16> octets{};
  random.fill(octets);
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0f) | 0x40);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3f) | 0x80);
  auto text = encoding::to_hex(octets);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

std::string random_text(Random& random, std::string_view alphabet, std::size_t length) {
  const std::size_t fair =
      256 - 256 % alphabet.size();  // octets above it would favour some letters
  std::string text;
  while (text.size() < length) {
    for (const std::uint8_t octet : random.bytes(length - text.size())) {
      if (octet < fair) text.push_back(alphabet[octet % alphabet.size()]);
    }
  }
  return text;
}

}  // namespace everseal
