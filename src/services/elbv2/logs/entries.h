#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/log_record.h"

// The lines of a load balancer's logs, as AWS documents their fields. Without their ends.
namespace everseal::elbv2::logs {

// 34 fields. `dns_name` is the load balancer's: the host of what named none.
std::string access_log_entry(const gateway::RequestRecord& request, std::string_view dns_name);

// 15 fields.
std::string connection_log_entry(const gateway::ConnectionRecord& connection);

// What a client chose, with a quote, a backslash and what does not show as \xHH: it ends neither
// field nor line.
std::string visible(std::string_view text);
// "https://edge.example.com:443/v1/ping", as it came; `dns_name` stands for a host that is not
// named.
std::string url_of(const gateway::RequestRecord& request, std::string_view dns_name);
// "forward", "redirect", "fixed-response", or "-".
std::string_view action_of(const gateway::RequestRecord& request);

// "192.0.2.1:443", "[2001:db8::1]:443".
std::string place(const gateway::Endpoint& endpoint);
// Who leaves before there is an answer gets 460, which nobody sends.
std::optional<int> status_of(const gateway::RequestRecord& request);

// "2025-01-02T03:04:05.678901Z".
std::string to_text(gateway::Instant at);

}  // namespace everseal::elbv2::logs
