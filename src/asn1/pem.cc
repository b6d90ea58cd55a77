#include "asn1/pem.h"

#include <algorithm>
#include <optional>

#include "encoding/base64.h"

namespace everseal::asn1 {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kColumns = 64;

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\f' || letter == '\v';
}

std::string_view trimmed_right(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return trimmed_right(text);
}

// Takes the first line off the text; what ends it goes too.
std::string_view next_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// RFC 7468, 3: printable ASCII, no hyphen or blank at either end.
bool is_label(std::string_view label) {
  const auto at_border = [](char letter) { return letter != ' ' && letter != '-'; };
  return !label.empty() && at_border(label.front()) && at_border(label.back()) &&
         std::all_of(label.begin(), label.end(),
                     [](char letter) { return letter >= 0x20 && letter < 0x7f; });
}

// What stands between the boundary's start and its closing dashes; nothing for any other line.
std::optional<std::string_view> boundary_label(std::string_view line, std::string_view start) {
  line = trimmed_right(line);
  if (line.size() < start.size() + kDashes.size()) return std::nullopt;
  if (!line.starts_with(start) || !line.ends_with(kDashes)) return std::nullopt;
  return line.substr(start.size(), line.size() - start.size() - kDashes.size());
}

Fault malformed(std::string cause) { return Fault::malformed("PEM: " + std::move(cause)); }

// The text behind a BEGIN line, through its END line.
Result<Bytes> take_content(std::string_view label, std::string_view& text) {
  std::string base64;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (!line.starts_with(kDashes)) {
      base64 += trimmed(line);
      continue;
    }
    if (boundary_label(line, kEnd) != label) return malformed("BEGIN without its END");
    auto content = encoding::from_base64(base64);
    if (!content) return malformed(content.error().cause);
    return content;
  }
  return malformed("BEGIN without its END");
}

}  // namespace

Result<std::vector<Pem>> Pem::parse_all(std::string_view text) {
  std::vector<Pem> blocks;
  while (!text.empty()) {
    const auto label = boundary_label(next_line(text), kBegin);
    if (!label) continue;
    if (!is_label(*label)) return malformed("a label that is not printable");
    auto content = take_content(*label, text);
    if (!content) return std::move(content).error();
    blocks.emplace_back(std::string(*label), *std::move(content));
  }
  return blocks;
}

Result<Pem> Pem::parse_one(std::string_view text, std::span<const std::string_view> labels) {
  auto blocks = parse_all(text);
  if (!blocks) return std::move(blocks).error();
  if (blocks->size() != 1) return malformed("not exactly one block");
  if (std::find(labels.begin(), labels.end(), blocks->front().label()) == labels.end()) {
    return malformed("another label than " + std::string(labels.front()));
  }
  return std::move(blocks->front());
}

std::string Pem::print(std::string_view label, ByteView content) {
  const std::string base64 = encoding::to_base64(content);
  std::string text;
  text.reserve(base64.size() + base64.size() / kColumns + 2 * (label.size() + 20));
  text.append(kBegin).append(label).append(kDashes) += '\n';
  for (std::size_t at = 0; at < base64.size(); at += kColumns) {
    text.append(base64, at, kColumns) += '\n';
  }
  text.append(kEnd).append(label).append(kDashes) += '\n';
  return text;
}

}  // namespace everseal::asn1
