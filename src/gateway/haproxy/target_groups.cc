#include "gateway/haproxy/target_groups.h"

#include <algorithm>
#include <set>

#include "gateway/haproxy/text.h"
#include "gateway/haproxy/writer.h"

namespace everseal::gateway::haproxy {
namespace {

std::string seconds(std::chrono::seconds time) { return std::to_string(time.count()) + "s"; }

std::string codes(const HealthCheck& check) {
  std::string all;
  for (const auto& [first, last] : check.codes) {
    all += (all.empty() ? "" : ",") + std::to_string(first);
    if (last != first) all += "-" + std::to_string(last);
  }
  return all;
}

Outcome check_sound(const HealthCheck& check) {
  constexpr std::size_t longest_target = 1024;
  if (const auto sound = check_printable("a path", check.path, longest_target); !sound)
    return sound;
  const bool codes_sound = std::ranges::all_of(check.codes, [](const auto& range) {
    return range.first >= 100 && range.first <= range.second && range.second <= 599;
  });
  if (check.codes.empty() || !codes_sound || check.rise == 0 || check.fall == 0 ||
      check.interval.count() < 1 || check.timeout.count() < 1) {
    return Fault::malformed("a health check that cannot be");
  }
  return {};
}

const char* balance(Balancing balancing) {
  switch (balancing) {
    case Balancing::RoundRobin:
      return "roundrobin";
    case Balancing::LeastOutstandingRequests:
      return "leastconn";
    case Balancing::Random:
      return "random";
  }
  return "roundrobin";
}

std::string check_lines(const HealthCheck& check) {
  std::string connect = "  http-check connect";
  if (check.port != 0) connect += " port " + std::to_string(check.port);
  if (check.protocol == TargetProtocol::Https) connect += " ssl";
  return "  option httpchk\n" + connect + "\n  http-check send meth GET uri " +
         as_word(check.path) +
         " ver HTTP/1.1 hdr Host health-check hdr User-Agent ELB-HealthChecker/2.0"
         " hdr Connection close\n  http-check expect status " +
         codes(check) + "\n  timeout check " + seconds(check.timeout) +
         "\n  default-server inter " + seconds(check.interval) + " rise " +
         std::to_string(check.rise) + " fall " + std::to_string(check.fall) + "\n";
}

Result<std::string> server_lines(const TargetGroup& group, bool checked) {
  std::string lines;
  std::set<std::string> ids;
  for (const auto& target : group.targets) {
    if (const auto sound = check_printable("a target", target.id, longest_id); !sound) {
      return sound.error();
    }
    if (!ids.insert(target.id).second) return Fault::malformed("a target twice: " + target.id);
    const auto address = socket_address(target.address, target.port);
    if (!address || target.address == "*") {
      return Fault::malformed("a target's address: " + target.address.substr(0, 64));
    }
    const std::string name = server_of(target.id);
    lines += "  server " + name + " " + *address;
    if (group.protocol == TargetProtocol::Https) lines += " ssl verify none";
    if (checked) lines += " check";
    if (checked && group.slow_start.count() > 0 && group.balancing == Balancing::RoundRobin) {
      lines += " slowstart " + seconds(group.slow_start);
    }
    if (checked && group.health_check.protocol == TargetProtocol::Https &&
        group.protocol == TargetProtocol::Http) {
      lines += " verify none";
    }
    if (target.draining) lines += " weight 0";
    // Nobody sticks to one that drains: a cookie would count for more than its weight.
    if (group.stickiness.count() > 0 && !target.draining) lines += " cookie " + name;
    lines += "\n";
  }
  return lines;
}

Result<std::string> backend(const std::string& name, const TargetGroup& group, bool checked) {
  std::string text = "backend " + name + "\n  balance " + balance(group.balancing) +
                     "\n  http-request set-timeout server var(txn.idle)\n";
  if (group.stickiness.count() > 0) {
    text += "  cookie AWSALB insert indirect nocache maxlife " + seconds(group.stickiness) + "\n";
  }
  if (checked) text += check_lines(group.health_check);
  const auto servers = server_lines(group, checked);
  if (!servers) return servers.error();
  return text + *servers;
}

}  // namespace

bool fails_open(const TargetGroup& group) {
  return group.health_check.enabled && !group.targets.empty();
}

std::string open_backend_of(std::string_view target_group) {
  return backend_of(target_group) + "_open";
}

Result<std::string> write_target_group(const TargetGroup& group) {
  if (const auto sound = check_printable("a target group", group.id, longest_id); !sound) {
    return sound.error();
  }
  if (const auto sound = check_sound(group.health_check); !sound) return sound.error();
  auto text = backend(backend_of(group.id), group, group.health_check.enabled);
  if (!text || !fails_open(group)) return text;
  const auto open = backend(open_backend_of(group.id), group, false);
  if (!open) return open.error();
  return *text + *open;
}

}  // namespace everseal::gateway::haproxy
