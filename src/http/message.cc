#include "http/message.h"

#include <algorithm>
#include <array>

namespace everseal::http {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

struct Reason {
  int status;
  std::string_view phrase;
};
constexpr auto kReasons = std::to_array<Reason>({
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

// "http://host/path?query" without "http://host": RFC 9112, 3.2.2.
std::string_view origin_form(std::string_view target) {
  if (target.starts_with('/')) return target;
  const auto scheme = target.find("://");
  if (scheme == std::string_view::npos) return target;
  const auto path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view{} : target.substr(path);
}

}  // namespace

bool same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

void Headers::set(std::string_view name, std::string value) {
  remove(name);
  add(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(headers_, [&](const Header& header) { return same_name(header.name, name); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      headers_, [&](const Header& header) { return same_name(header.name, name); });
  if (found == headers_.end()) return std::nullopt;
  return found->value;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers_, [&](const Header& header) { return same_name(header.name, name); }));
}

std::string_view RequestHead::path() const {
  const auto origin = origin_form(target);
  const auto path = origin.substr(0, origin.find('?'));
  return path.empty() ? std::string_view("/") : path;
}

std::string_view RequestHead::query() const {
  const auto origin = origin_form(target);
  const auto mark = origin.find('?');
  return mark == std::string_view::npos ? std::string_view{} : origin.substr(mark + 1);
}

std::string_view reason_phrase(int status) {
  const auto found = std::ranges::find(kReasons, status, &Reason::status);
  return found == kReasons.end() ? std::string_view{} : found->phrase;
}

}  // namespace everseal::http
