#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "aws/api_error.h"
#include "crypto/running_digest.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/header_values.h"

namespace everseal::s3 {

enum class ChecksumAlgorithm { Crc32, Crc32c, Crc64Nvme, Sha1, Sha256 };

std::string_view name_of(ChecksumAlgorithm algorithm);    // "CRC64NVME"
std::string_view header_of(ChecksumAlgorithm algorithm);  // "x-amz-checksum-crc64nvme"
std::size_t size_of(ChecksumAlgorithm algorithm);         // octets of a value
// In either case: "CRC32", "crc32".
std::optional<ChecksumAlgorithm> checksum_algorithm(std::string_view name);
bool is_crc(ChecksumAlgorithm algorithm);

// A value with the name of how it was made.
struct Checksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
  Bytes value{};
  std::string text() const;  // base64
  friend bool operator==(const Checksum&, const Checksum&) = default;
};

// The checksum of octets that come piece by piece.
class RunningChecksum {
 public:
  explicit RunningChecksum(ChecksumAlgorithm algorithm);
  void update(ByteView octets);
  Checksum finish();

 private:
  ChecksumAlgorithm algorithm_;
  std::variant<std::uint32_t, std::uint64_t, crypto::RunningDigest> state_;
};

// The checksum of two texts, one after the other; of CRCs only.
Checksum joined(const Checksum& first, const Checksum& second, std::uint64_t second_length);

// What a client says of the body it sends.
struct Announced {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
  std::optional<Checksum> value{};  // in a header
  bool is_named = false;            // the client chose the algorithm
  bool in_trailer = false;          // the value follows the body
  std::optional<Bytes> md5{};       // Content-MD5
};

// Reads x-amz-checksum-*, x-amz-trailer, x-amz-sdk-checksum-algorithm and Content-MD5. `headers`
// are all of the request. InvalidRequest: several checksums, one that is not of its kind, an
// unknown algorithm. InvalidDigest: the MD5 is none.
Result<Announced, ApiError> announced_checksum(const HeaderMap& headers);

// InvalidRequest: it is not base64 of the right length.
Result<Checksum, ApiError> read_checksum(ChecksumAlgorithm algorithm, std::string_view base64);

}  // namespace everseal::s3
