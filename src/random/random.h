#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "encoding/bytes.h"

namespace everseal {

// Where unpredictable octets come from. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> octets) = 0;

  Bytes bytes(std::size_t count);
};

// The kernel's generator: getrandom(2). Ends the program if the kernel has none.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> octets) override;
};

// The same octets in every run, never two equal sequences in one: for tests.
class CountingRandom final : public Random {
 public:
  explicit CountingRandom(std::uint64_t seed = 1) : state_(seed) {}
  void fill(std::span<std::uint8_t> octets) override;

 private:
  std::atomic<std::uint64_t> state_;
};

// Version 4 (RFC 9562): "6f6c1a9e-0000-4000-8000-000000000001".
std::string random_uuid(Random& random);

// `length` letters, each one of `alphabet` with equal probability (at most 256 letters).
std::string random_text(Random& random, std::string_view alphabet, std::size_t length);

}  // namespace everseal
