#include "services/s3/values/tagging.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "encoding/percent.h"
#include "encoding/utf8.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::size_t most_tags = 10;
constexpr std::size_t longest_key = 128;
constexpr std::size_t longest_value = 256;

ApiError unreadable(std::string_view text) {
  return invalid_argument("x-amz-tagging", text,
                          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded "
                          "URL query parameters without tag name duplicates.");
}

Result<std::string> decoded(std::string_view text) {
  auto plain = encoding::form_decode(text);
  if (plain && !encoding::utf8_length(*plain)) return Fault::malformed("a tag is not UTF-8");
  return plain;
}

bool fits(std::string_view text, std::size_t least, std::size_t most) {
  const auto length = encoding::utf8_length(text);
  return length && *length >= least && *length <= most;
}

}  // namespace

std::string to_tagging(const std::vector<Tag>& tags) {
  std::string text;
  for (const auto& [key, value] : tags) {
    text += (text.empty() ? "" : "&") + encoding::percent_encode(key) + "=" +
            encoding::percent_encode(value);
  }
  return text;
}

Result<std::vector<Tag>, ApiError> read_tagging(std::string_view text) {
  std::vector<Tag> tags;
  for (auto rest = text; !rest.empty();) {
    const auto piece = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    const auto equals = std::min(piece.find('='), piece.size());
    auto key = decoded(piece.substr(0, equals));
    auto value = decoded(piece.substr(std::min(equals + 1, piece.size())));
    if (!key || !value) return unreadable(text);
    tags.push_back({*std::move(key), *std::move(value)});
  }
  if (auto fine = check_tags(tags); !fine) return fine.error();
  return tags;
}

Result<void, ApiError> check_tags(const std::vector<Tag>& tags) {
  if (tags.size() > most_tags) return too_many_tags();
  std::set<std::string_view> keys;
  for (const auto& [key, value] : tags) {
    if (!fits(key, 1, longest_key)) return invalid_tag("The TagKey you have provided is invalid");
    if (!fits(value, 0, longest_value)) {
      return invalid_tag("The TagValue you have provided is invalid");
    }
    if (key.starts_with("aws:"))
      return invalid_tag("System tags cannot be added/updated by requester");
    if (!keys.insert(key).second) {
      return invalid_tag("Cannot provide multiple Tags with the same key");
    }
  }
  return {};
}

}  // namespace everseal::s3
