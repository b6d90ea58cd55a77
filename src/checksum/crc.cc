#include "checksum/crc.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>

namespace everseal::checksum {
namespace {

// A reflected CRC with all bits set at the beginning and turned over at the end. Eight octets a
// step: tables[k][octet] is what the octet does k octets later.
template <class Sum>
class Crc {
 public:
  static constexpr int bits = std::numeric_limits<Sum>::digits;

  explicit constexpr Crc(Sum reflected_polynomial) : polynomial_(reflected_polynomial) {
    for (std::size_t octet = 0; octet < 256; ++octet) {
      tables_[0][octet] = after_octet(static_cast<Sum>(octet));
    }
    for (std::size_t later = 1; later < tables_.size(); ++later) {
      for (std::size_t octet = 0; octet < 256; ++octet) {
        const Sum before = tables_[later - 1][octet];
        tables_[later][octet] = static_cast<Sum>(before >> 8) ^ tables_[0][before & 0xff];
      }
    }
  }

  Sum go_on(Sum before, ByteView octets) const {
    Sum sum = static_cast<Sum>(~before);
    for (; octets.size() >= 8; octets = octets.subspan(8)) sum = after_eight(sum, octets);
    for (const auto octet : octets) {
      sum = static_cast<Sum>(sum >> 8) ^ tables_[0][(sum ^ octet) & 0xff];
    }
    return static_cast<Sum>(~sum);
  }

  // What is said of the first text moves on by the zeros that stand for the second.
  Sum join(Sum first, Sum second, std::uint64_t second_length) const {
    Matrix power = one_zero_bit();
    for (int doubling = 0; doubling < 3; ++doubling) power = squared(power);
    for (; second_length > 0; second_length >>= 1U) {
      if ((second_length & 1U) != 0) first = applied(power, first);
      power = squared(power);
    }
    return first ^ second;
  }

 private:
  using Matrix = std::array<Sum, bits>;  // over GF(2); each entry is a column

  constexpr Sum after_octet(Sum sum) const {
    for (int bit = 0; bit < 8; ++bit) sum = after_bit(sum);
    return sum;
  }
  constexpr Sum after_bit(Sum sum) const {
    return static_cast<Sum>((sum >> 1) ^ ((sum & 1) != 0 ? polynomial_ : Sum{0}));
  }
  Sum after_eight(Sum sum, ByteView octets) const {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), sizeof(word));
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    word ^= sum;
    Sum after = 0;
    for (std::size_t octet = 0; octet < 8; ++octet) {
      after ^= tables_[7 - octet][(word >> (8 * octet)) & 0xff];
    }
    return after;
  }
  Matrix one_zero_bit() const {
    Matrix matrix{};
    for (std::size_t bit = 0; bit < matrix.size(); ++bit) matrix[bit] = after_bit(Sum{1} << bit);
    return matrix;
  }
  static Sum applied(const Matrix& matrix, Sum sum) {
    Sum product = 0;
    for (std::size_t bit = 0; sum != 0; ++bit, sum >>= 1) {
      if ((sum & 1) != 0) product ^= matrix[bit];
    }
    return product;
  }
  static Matrix squared(const Matrix& matrix) {
    Matrix square{};
    for (std::size_t bit = 0; bit < square.size(); ++bit) {
      square[bit] = applied(matrix, matrix[bit]);
    }
    return square;
  }

  Sum polynomial_;
  std::array<std::array<Sum, 256>, 8> tables_{};
};

const Crc<std::uint32_t> zlib_crc{0xedb88320};
const Crc<std::uint32_t> castagnoli{0x82f63b78};
const Crc<std::uint64_t> nvme{0x9a6c9329ac4bc9b5};

#if defined(__x86_64__)
// The processor knows this one.
__attribute__((target("sse4.2"))) std::uint32_t crc32c_in_hardware(std::uint32_t before,
                                                                   ByteView octets) {
  std::uint64_t sum = static_cast<std::uint32_t>(~before);
  for (; octets.size() >= 8; octets = octets.subspan(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), sizeof(word));
    sum = __builtin_ia32_crc32di(sum, word);
  }
  auto last = static_cast<std::uint32_t>(sum);
  for (const auto octet : octets) last = __builtin_ia32_crc32qi(last, octet);
  return ~last;
}
#endif

}  // namespace

std::uint32_t crc32(std::uint32_t before, ByteView octets) {
  return zlib_crc.go_on(before, octets);
}

std::uint32_t crc32c(std::uint32_t before, ByteView octets) {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return crc32c_in_hardware(before, octets);
#endif
  return castagnoli.go_on(before, octets);
}

std::uint64_t crc64nvme(std::uint64_t before, ByteView octets) {
  return nvme.go_on(before, octets);
}

std::uint32_t joined_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_length) {
  return zlib_crc.join(first, second, second_length);
}

std::uint32_t joined_crc32c(std::uint32_t first, std::uint32_t second,
                            std::uint64_t second_length) {
  return castagnoli.join(first, second, second_length);
}

std::uint64_t joined_crc64nvme(std::uint64_t first, std::uint64_t second,
                               std::uint64_t second_length) {
  return nvme.join(first, second, second_length);
}

}  // namespace everseal::checksum
