#include "services/events/destinations/endpoint.h"

#include <algorithm>

namespace everseal::events::destinations {
namespace {

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host.starts_with("127.");
}

}  // namespace

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const auto question = std::min(text.find('?'), text.size());
  const auto before = text.substr(0, question);
  const auto scheme = before.find("://");
  if (scheme == std::string_view::npos) return Fault::malformed("no scheme");
  const auto slash = std::min(before.find('/', scheme + 3), before.size());
  auto server = http::Url::parse(before.substr(0, slash));
  if (!server) return server.error();
  if (server->host.find('*') != std::string::npos) return Fault::malformed("a star in the host");
  Endpoint endpoint{.server = *std::move(server),
                    .path = std::string(before.substr(slash)),
                    .query = std::string(text.substr(std::min(question + 1, text.size())))};
  if (endpoint.path.empty()) endpoint.path = "/";
  return endpoint;
}

std::optional<std::string> refuse_endpoint(std::string_view text, const Settings& settings) {
  const auto endpoint = Endpoint::parse(text);
  if (!endpoint) return "It must be the URL of a server.";
  if (endpoint->server.secure) return std::nullopt;
  if (settings.loopback && is_this_machine(endpoint->server.host)) return std::nullopt;
  return "It must be an https:// URL.";
}

}  // namespace everseal::events::destinations
