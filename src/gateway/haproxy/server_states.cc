#include "gateway/haproxy/server_states.h"

#include <charconv>
#include <map>
#include <sstream>
#include <string_view>

#include "gateway/haproxy/writer.h"

namespace everseal::gateway::haproxy {
namespace {

using Row = std::map<std::string, std::string>;

// No value of a column that is read here has a comma or a quote in it.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

std::map<std::string, Row> rows_by_server(const std::string& csv) {
  std::map<std::string, Row> rows;
  std::istringstream lines(csv);
  std::string line;
  if (!std::getline(lines, line) || !line.starts_with("# ")) return rows;
  const auto titles = cells_of(line.substr(2));
  while (std::getline(lines, line)) {
    const auto cells = cells_of(line);
    Row row;
    for (std::size_t at = 0; at < std::min(cells.size(), titles.size()); ++at) {
      row[titles[at]] = cells[at];
    }
    rows[row["svname"]] = row;
  }
  return rows;
}

// L4TOUT, L6TOUT, L7TOUT; L7STS, L7RSP; L4CON. A star: of a check that is being made.
HealthReason reason_of(std::string_view check) {
  if (check.find("TOUT") != std::string_view::npos) return HealthReason::Timeout;
  if (check.find("L7STS") != std::string_view::npos) return HealthReason::ResponseCodeMismatch;
  return HealthReason::FailedChecks;
}

TargetHealth judged(const TargetGroup& group, const Target& target, Row row) {
  TargetHealth health{.target = target.id, .health = Health::Initial, .reason = {}, .code = {}};
  const std::string status = row["status"];
  const std::string check = row["check_status"];
  int code = 0;
  const auto& digits = row["check_code"];
  if (std::from_chars(digits.data(), digits.data() + digits.size(), code).ptr != digits.data()) {
    health.code = code;
  }
  if (target.draining) {
    health.health = Health::Draining;
  } else if (!group.health_check.enabled) {
    health.health = Health::Unchecked;
  } else if (status.starts_with("DOWN")) {
    health.health = Health::Unhealthy;
    health.reason = reason_of(check);
  } else if (status.starts_with("UP") && !check.empty() && check.find("INI") == std::string::npos) {
    health.health = Health::Healthy;
  }
  return health;
}

}  // namespace

Result<std::vector<TargetHealth>> read_health(const TargetGroup& group, const std::string& csv) {
  auto rows = rows_by_server(csv);
  if (rows.empty()) return Fault::unavailable("HAProxy says nothing of its servers: " + csv);
  std::vector<TargetHealth> all;
  all.reserve(group.targets.size());
  for (const auto& target : group.targets) {
    all.push_back(judged(group, target, rows[server_of(target.id)]));
  }
  return all;
}

}  // namespace everseal::gateway::haproxy
