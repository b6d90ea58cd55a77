#include "services/s3/values/stored_headers.h"

#include <algorithm>
#include <array>

#include "encoding/ascii.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view metadata_prefix = "x-amz-meta-";
constexpr std::size_t most_metadata = 2048;
constexpr std::array<std::string_view, 6> kept{"cache-control",    "content-disposition",
                                               "content-encoding", "content-language",
                                               "content-type",     "expires"};

// Asked for, and not there.
constexpr std::array<std::string_view, 7> unsupported{
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-website-redirect-location",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-legal-hold",
    "x-amz-object-lock-retain-until-date",
    "x-amz-write-offset-bytes"};

// "gzip,aws-chunked" is "gzip".
std::string without_framing(std::string_view encodings) {
  std::string left;
  while (!encodings.empty()) {
    const auto item = encodings.substr(0, encodings.find(','));
    encodings.remove_prefix(std::min(item.size() + 1, encodings.size()));
    const auto coding = encoding::trimmed(item, " ");
    if (coding.empty() || coding == "aws-chunked") continue;
    left += (left.empty() ? "" : ",") + std::string(coding);
  }
  return left;
}

Result<void, ApiError> check_wishes(const HeaderMap& headers) {
  const auto storage_class = value_in(headers, "x-amz-storage-class").value_or("");
  if (!storage_class.empty() && storage_class != "STANDARD") return invalid_storage_class();
  const auto encryption = value_in(headers, "x-amz-server-side-encryption").value_or("");
  if (!encryption.empty() && encryption != "AES256") {
    return not_implemented("x-amz-server-side-encryption");
  }
  for (const auto name : unsupported) {
    if (headers.contains(std::string(name))) return not_implemented(name);
  }
  return {};
}

bool is_metadata(std::string_view name) { return name.starts_with(metadata_prefix); }

bool is_kept(std::string_view name) {
  return is_metadata(name) || std::ranges::find(kept, name) != kept.end();
}

bool is_control(char letter) {
  const auto octet = static_cast<unsigned char>(letter);
  return (octet < 0x20 && letter != '\t') || octet == 0x7f;
}

// RFC 9110, 5.6.2
bool is_token(std::string_view name) {
  constexpr std::string_view letters =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return !name.empty() && name.find_first_not_of(letters) == name.npos;
}

// Fields of forms come here as they are: no line break may make a header of its own.
Result<void, ApiError> check_header(std::string_view name, std::string_view value) {
  if (!is_token(name)) {
    return invalid_argument(metadata_prefix, "", "The name of a header must be a token.");
  }
  if (std::ranges::any_of(value, is_control)) {
    return invalid_argument(name, "", "The value of a header must not hold control characters.");
  }
  return {};
}

}  // namespace

Result<HeaderMap, ApiError> headers_to_store(const HeaderMap& headers) {
  if (auto fine = check_wishes(headers); !fine) return fine.error();
  HeaderMap stored;
  std::size_t metadata = 0;
  for (const auto& [name, value] : headers) {
    if (!is_kept(name)) continue;
    if (auto fine = check_header(name, value); !fine) return fine.error();
    if (is_metadata(name)) metadata += name.size() - metadata_prefix.size() + value.size();
    stored.emplace(name, name == "content-encoding" ? without_framing(value) : value);
  }
  if (metadata > most_metadata) return metadata_too_large(metadata);
  std::erase_if(stored, [](const auto& header) {
    return header.second.empty() && !is_metadata(header.first);
  });
  stored.emplace("content-type", "binary/octet-stream");
  return stored;
}

std::string to_lines(const HeaderMap& headers) {
  std::string lines;
  for (const auto& [name, value] : headers) lines += name + ": " + value + "\n";
  return lines;
}

HeaderMap from_lines(std::string_view lines) {
  HeaderMap headers;
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const auto colon = line.find(": ");
    if (colon == line.npos || !is_kept(line.substr(0, colon))) continue;
    headers.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  return headers;
}

}  // namespace everseal::s3
