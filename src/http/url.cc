#include <charconv>

#include "http/client.h"

namespace everseal::http {
namespace {

Fault not_an_address(std::string_view text) {
  return Fault::malformed("not the address of a server: " + std::string(text));
}

// "host:8443" or "[::1]:8443" into its parts; the port is what it was if there is none.
bool read_authority(std::string_view text, Url& url) {
  auto host_end = text.starts_with('[') ? text.find(']') : text.find(':');
  if (text.starts_with('[')) {
    if (host_end == std::string_view::npos) return false;
    url.host = text.substr(1, host_end - 1);
    ++host_end;
  } else {
    url.host = text.substr(0, host_end);
    host_end = std::min(host_end, text.size());
  }
  const auto rest = text.substr(host_end);
  if (rest.empty()) return !url.host.empty();
  const auto* last = rest.data() + rest.size();
  const auto [end, error] = std::from_chars(rest.data() + 1, last, url.port);
  return rest.front() == ':' && rest.size() > 1 && error == std::errc{} && end == last &&
         !url.host.empty();
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  Url url;
  const auto scheme = text.substr(0, text.find("://"));
  if (scheme != "http" && scheme != "https") return not_an_address(text);
  url.secure = scheme == "https";
  url.port = url.secure ? 443 : 80;
  const auto rest = text.substr(scheme.size() + 3);
  const auto slash = std::min(rest.find('/'), rest.size());
  const auto authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) return not_an_address(text);
  if (!read_authority(authority, url)) return not_an_address(text);
  url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  return url;
}

std::string Url::host_header() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  const bool usual = port == (secure ? 443 : 80);
  return usual ? name : name + ":" + std::to_string(port);
}

}  // namespace everseal::http
