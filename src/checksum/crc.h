#pragma once

#include <cstdint>

#include "encoding/bytes.h"

// Sums that find damage, not deceit: a cyclic redundancy check tells that octets are not the ones
// that were written. Each takes what it said of the octets before (0 at the beginning) and goes on.
namespace everseal::checksum {

std::uint32_t crc32(std::uint32_t before, ByteView octets);      // ISO-HDLC, as zlib has it
std::uint32_t crc32c(std::uint32_t before, ByteView octets);     // Castagnoli (RFC 3720)
std::uint64_t crc64nvme(std::uint64_t before, ByteView octets);  // NVM Express

// The sum of two texts, one after the other, from their sums and the length of the second.
std::uint32_t joined_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_length);
std::uint32_t joined_crc32c(std::uint32_t first, std::uint32_t second, std::uint64_t second_length);
std::uint64_t joined_crc64nvme(std::uint64_t first, std::uint64_t second,
                               std::uint64_t second_length);

}  // namespace everseal::checksum
