#include "aws/sigv4/canonical.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "encoding/hex.h"
#include "encoding/percent.h"

namespace everseal::aws::sigv4 {
namespace {

bool is_unreserved(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
         letter == '~';
}

// The octet that "%XX" at the front of the text stands for; -1 if that is not there.
int escaped_octet(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = encoding::hex_value(text[1]);
  const int low = encoding::hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void append_escaped(std::string& out, char letter) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto octet = static_cast<unsigned char>(letter);
  out.push_back('%');
  out.push_back(digits[octet >> 4]);
  out.push_back(digits[octet & 15]);
}

// The one spelling of what may be encoded already, whole or in part. An encoded slash stays
// encoded.
std::string encoded_once(std::string_view text, bool keep_slash) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int octet = escaped_octet(text.substr(at));
    const char letter = octet < 0 ? text[at] : static_cast<char>(octet);
    if (octet >= 0) at += 2;
    if (is_unreserved(letter) || (octet < 0 && letter == '/' && keep_slash)) {
      out.push_back(letter);
    } else {
      append_escaped(out, letter);
    }
  }
  return out;
}

// %XX becomes its octet; a % that stands for itself stays.
std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int octet = escaped_octet(text.substr(at));
    out.push_back(octet < 0 ? text[at] : static_cast<char>(octet));
    if (octet >= 0) at += 2;
  }
  return out;
}

template <class Use>
void for_each_piece(std::string_view text, char separator, const Use& use) {
  for (;;) {
    const auto end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::pair<std::string_view, std::string_view> name_and_value(std::string_view piece) {
  const auto equals = piece.find('=');
  if (equals == std::string_view::npos) return {piece, {}};
  return {piece.substr(0, equals), piece.substr(equals + 1)};
}

// RFC 3986, 5.2.4, and "//" is "/".
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  for_each_piece(path, '/', [&](std::string_view segment) {
    if (segment.empty() || segment == ".") return;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  });
  std::string out;
  for (const auto segment : kept) out.append("/").append(segment);
  if (kept.empty() || path.ends_with('/')) out.push_back('/');
  return out;
}

bool is_blank(char letter) { return letter == ' ' || letter == '\t'; }

// Trimmed, and runs of white space are one space.
void append_folded(std::string& out, std::string_view value) {
  bool blank = false;
  bool first = true;
  for (const char letter : value) {
    if (is_blank(letter)) {
      blank = true;
      continue;
    }
    if (blank && !first) out.push_back(' ');
    out.push_back(letter);
    blank = first = false;
  }
}

}  // namespace

std::string canonical_path(std::string_view path, PathRule rule) {
  if (rule == PathRule::AsSent) return encoded_once(path, /*keep_slash=*/true);
  return encoding::percent_encode_path(without_dot_segments(path));
}

std::string canonical_query(std::string_view query) {
  if (query.empty()) return {};
  std::vector<std::pair<std::string, std::string>> pairs;
  for_each_piece(query, '&', [&](std::string_view piece) {
    const auto [name, value] = name_and_value(piece);
    auto spelt = encoded_once(name, /*keep_slash=*/false);
    if (spelt == "X-Amz-Signature") return;
    pairs.emplace_back(std::move(spelt), encoded_once(value, /*keep_slash=*/false));
  });
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out.push_back('&');
    out.append(name).append("=").append(value);
  }
  return out;
}

std::optional<std::string> canonical_headers(const http::Headers& headers,
                                             const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) {
    bool found = false;
    out.append(name).append(":");
    for (const auto& header : headers) {
      if (!http::same_name(header.name, name)) continue;
      if (found) out.push_back(',');
      append_folded(out, header.value);
      found = true;
    }
    if (!found) return std::nullopt;
    out.push_back('\n');
  }
  return out;
}

std::vector<Parameter> query_parameters(std::string_view query) {
  std::vector<Parameter> parameters;
  if (query.empty()) return parameters;
  for_each_piece(query, '&', [&](std::string_view piece) {
    const auto [name, value] = name_and_value(piece);
    parameters.push_back({decoded(name), decoded(value)});
  });
  return parameters;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) {
    if (!out.empty()) out.push_back(';');
    out.append(name);
  }
  return out;
}

std::string canonical_request(const http::RequestHead& head, PathRule rule,
                              std::string_view headers, std::string_view signed_headers,
                              std::string_view payload_hash) {
  std::string out;
  out.reserve(512);
  out.append(head.method).append("\n");
  out.append(canonical_path(head.path(), rule)).append("\n");
  out.append(canonical_query(head.query())).append("\n");
  out.append(headers).append("\n");
  out.append(signed_headers).append("\n");
  out.append(payload_hash);
  return out;
}

std::string string_to_sign(std::string_view signed_at, std::string_view scope,
                           std::string_view canonical_request) {
  std::string out = "AWS4-HMAC-SHA256\n";
  out.append(signed_at).append("\n").append(scope).append("\n");
  out.append(encoding::to_hex(crypto::sha256(canonical_request)));
  return out;
}

}  // namespace everseal::aws::sigv4
