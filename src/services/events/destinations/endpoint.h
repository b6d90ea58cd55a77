#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/client.h"
#include "result/result.h"
#include "services/events/destinations/settings.h"

namespace everseal::events::destinations {

// Where requests go: "https://chat.example/hooks/*?token=1" in its parts.
struct Endpoint {
  http::Url server;
  std::string path;   // "/hooks/*", as it was written; "/" if there is none
  std::string query;  // "token=1"; empty if there is none

  // Malformed: it is not the address of an http or https server.
  static Result<Endpoint> parse(std::string_view text);
};

// Why requests must not go there, as a sentence for its owner; nothing if they may. What a name
// leads to is seen when a request is made.
std::optional<std::string> refuse_endpoint(std::string_view text, const Settings& settings);

}  // namespace everseal::events::destinations
