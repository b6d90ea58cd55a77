#include "services/s3/values/checksum.h"

#include <algorithm>
#include <array>
#include <utility>

#include "checksum/crc.h"
#include "encoding/base64.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view checksum_prefix = "x-amz-checksum-";

struct Kind {
  ChecksumAlgorithm algorithm;
  std::string_view name;
  std::string_view header;
  std::size_t size;
};
constexpr std::array<Kind, 5> kinds{
    {{ChecksumAlgorithm::Crc32, "CRC32", "x-amz-checksum-crc32", 4},
     {ChecksumAlgorithm::Crc32c, "CRC32C", "x-amz-checksum-crc32c", 4},
     {ChecksumAlgorithm::Crc64Nvme, "CRC64NVME", "x-amz-checksum-crc64nvme", 8},
     {ChecksumAlgorithm::Sha1, "SHA1", "x-amz-checksum-sha1", 20},
     {ChecksumAlgorithm::Sha256, "SHA256", "x-amz-checksum-sha256", 32}}};

const Kind& kind_of(ChecksumAlgorithm algorithm) {
  return *std::ranges::find(kinds, algorithm, &Kind::algorithm);
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

template <class Sum>
Bytes big_endian(Sum sum) {
  Bytes octets(sizeof(Sum));
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
    *octet = static_cast<std::uint8_t>(sum);
    sum = static_cast<Sum>(sum >> 8U);
  }
  return octets;
}

std::uint64_t number_in(const Bytes& octets) {
  std::uint64_t number = 0;
  for (const auto octet : octets) number = (number << 8U) | octet;
  return number;
}

// "x-amz-checksum-algorithm", "-mode" and "-type" are no values.
std::optional<ChecksumAlgorithm> algorithm_of_header(std::string_view header) {
  if (!header.starts_with(checksum_prefix)) return std::nullopt;
  return checksum_algorithm(header.substr(checksum_prefix.size()));
}

Result<void, ApiError> read_header_value(const HeaderMap& headers, Announced& announced) {
  for (const auto& [name, value] : headers) {
    const auto algorithm = algorithm_of_header(name);
    if (!algorithm) continue;
    if (announced.value) return several_checksums();
    auto checksum = read_checksum(*algorithm, value);
    if (!checksum) return checksum.error();
    announced.algorithm = *algorithm;
    announced.value = *std::move(checksum);
    announced.is_named = true;
  }
  return {};
}

Result<void, ApiError> read_trailer(const HeaderMap& headers, Announced& announced) {
  const auto trailer = value_in(headers, "x-amz-trailer");
  if (!trailer) return {};
  const auto algorithm = algorithm_of_header(*trailer);
  if (!algorithm)
    return invalid_request(
        "The value specified in the x-amz-trailer header is not "
        "supported");
  if (announced.value) return several_checksums();
  announced.algorithm = *algorithm;
  announced.in_trailer = announced.is_named = true;
  return {};
}

Result<void, ApiError> read_algorithm(const HeaderMap& headers, Announced& announced) {
  const auto name = value_in(headers, "x-amz-sdk-checksum-algorithm");
  if (!name) return {};
  const auto algorithm = checksum_algorithm(*name);
  if (!algorithm) {
    return invalid_request("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  if (announced.is_named && announced.algorithm != *algorithm) {
    return invalid_request("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  announced.algorithm = *algorithm;
  announced.is_named = true;
  return {};
}

Result<void, ApiError> read_md5(const HeaderMap& headers, Announced& announced) {
  const auto text = value_in(headers, "content-md5");
  if (!text) return {};
  auto md5 = encoding::from_base64(*text);
  if (!md5 || md5->size() != 16) return invalid_digest();
  announced.md5 = *std::move(md5);
  return {};
}

}  // namespace

std::string_view name_of(ChecksumAlgorithm algorithm) { return kind_of(algorithm).name; }
std::string_view header_of(ChecksumAlgorithm algorithm) { return kind_of(algorithm).header; }
std::size_t size_of(ChecksumAlgorithm algorithm) { return kind_of(algorithm).size; }

std::optional<ChecksumAlgorithm> checksum_algorithm(std::string_view name) {
  const auto found = std::ranges::find(kinds, upper(name), &Kind::name);
  if (found == kinds.end()) return std::nullopt;
  return found->algorithm;
}

bool is_crc(ChecksumAlgorithm algorithm) {
  return algorithm != ChecksumAlgorithm::Sha1 && algorithm != ChecksumAlgorithm::Sha256;
}

std::string Checksum::text() const { return encoding::to_base64(value); }

RunningChecksum::RunningChecksum(ChecksumAlgorithm algorithm) : algorithm_(algorithm) {
  using Digest = crypto::RunningDigest;
  if (algorithm == ChecksumAlgorithm::Sha1) state_ = Digest(Digest::Algorithm::Sha1);
  if (algorithm == ChecksumAlgorithm::Sha256) state_ = Digest(Digest::Algorithm::Sha256);
  if (algorithm == ChecksumAlgorithm::Crc64Nvme) state_ = std::uint64_t{0};
}

void RunningChecksum::update(ByteView octets) {
  if (auto* digest = std::get_if<crypto::RunningDigest>(&state_)) return digest->update(octets);
  if (auto* sum = std::get_if<std::uint64_t>(&state_)) {
    *sum = checksum::crc64nvme(*sum, octets);
    return;
  }
  auto& sum = std::get<std::uint32_t>(state_);
  sum = algorithm_ == ChecksumAlgorithm::Crc32 ? checksum::crc32(sum, octets)
                                               : checksum::crc32c(sum, octets);
}

Checksum RunningChecksum::finish() {
  if (auto* digest = std::get_if<crypto::RunningDigest>(&state_)) {
    return {algorithm_, digest->finish()};
  }
  if (auto* sum = std::get_if<std::uint64_t>(&state_)) return {algorithm_, big_endian(*sum)};
  return {algorithm_, big_endian(std::get<std::uint32_t>(state_))};
}

Checksum joined(const Checksum& first, const Checksum& second, std::uint64_t second_length) {
  const auto left = number_in(first.value);
  const auto right = number_in(second.value);
  const auto algorithm = first.algorithm;
  if (algorithm == ChecksumAlgorithm::Crc64Nvme) {
    return {algorithm, big_endian(checksum::joined_crc64nvme(left, right, second_length))};
  }
  const auto join =
      algorithm == ChecksumAlgorithm::Crc32 ? checksum::joined_crc32 : checksum::joined_crc32c;
  return {algorithm, big_endian(join(static_cast<std::uint32_t>(left),
                                     static_cast<std::uint32_t>(right), second_length))};
}

Result<Checksum, ApiError> read_checksum(ChecksumAlgorithm algorithm, std::string_view base64) {
  auto value = encoding::from_base64(base64);
  if (!value || value->size() != size_of(algorithm)) return invalid_checksum(header_of(algorithm));
  return Checksum{algorithm, *std::move(value)};
}

Result<Announced, ApiError> announced_checksum(const HeaderMap& headers) {
  Announced announced;
  for (const auto read : {read_header_value, read_trailer, read_algorithm, read_md5}) {
    if (auto fine = read(headers, announced); !fine) return fine.error();
  }
  return announced;
}

}  // namespace everseal::s3
