#include "installation/installation.h"

#include <charconv>
#include <string_view>

namespace everseal::installation {
namespace {

constexpr std::string_view kAccount = "account_id";
constexpr std::string_view kRegion = "region";
constexpr std::string_view kVaultCheck = "vault_check";
constexpr std::string_view kClock = "clock";
constexpr std::string_view kVirtualTime = "virtual_time";
constexpr std::string_view kHealth = "health";

Outcome put(sql::Transaction& tx, std::string_view name, ByteView value) {
  const auto stored =
      tx.run("INSERT INTO installation_fact (name, value) VALUES ($1, $2)", name, value);
  if (!stored) return stored.error();
  return {};
}

Outcome replace(sql::Transaction& tx, std::string_view name, ByteView value) {
  const auto stored = tx.run(
      "INSERT INTO installation_fact (name, value) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, value);
  if (!stored) return stored.error();
  return {};
}

Result<std::optional<Bytes>> get(sql::Snapshot& view, std::string_view name) {
  const auto row = view.one("SELECT value FROM installation_fact WHERE name = $1", name);
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>{};
  return std::optional<Bytes>{(*row)->blob(0)};
}

std::string_view name_of(ClockKind kind) { return kind == ClockKind::Wall ? "wall" : "virtual"; }

}  // namespace

Outcome create(sql::Transaction& tx, const Installation& installation) {
  for (const auto& [name, value] : {std::pair{kAccount, as_bytes(installation.account_id)},
                                    std::pair{kRegion, as_bytes(installation.region)},
                                    std::pair{kVaultCheck, ByteView(installation.vault_check)}}) {
    const auto stored = put(tx, name, value);
    if (!stored) return stored;
  }
  return {};
}

Result<std::optional<Installation>> load(sql::Snapshot& view) {
  Installation installation;
  for (const auto& [name, member] :
       {std::pair{kAccount, &installation.account_id}, std::pair{kRegion, &installation.region}}) {
    const auto value = get(view, name);
    if (!value) return value.error();
    if (!*value) return std::optional<Installation>{};
    *member = to_text(**value);
  }
  auto check = get(view, kVaultCheck);
  if (!check) return check.error();
  if (!*check) return std::optional<Installation>{};
  installation.vault_check = **std::move(check);
  return std::optional<Installation>{std::move(installation)};
}

Outcome write_for_health(sql::Transaction& tx) {
  const auto row = get(tx, kHealth);
  if (!row) return row.error();
  const Bytes other{static_cast<std::uint8_t>(*row && **row == Bytes{0} ? 1 : 0)};
  return replace(tx, kHealth, other);
}

Outcome check_clock(sql::Snapshot& view, ClockKind kind) {
  const auto bound = get(view, kClock);
  if (!bound) return bound.error();
  if (!*bound || as_text(**bound) == name_of(kind)) return {};
  return Fault::conflict(
      kind == ClockKind::Virtual
          ? "this data has lived by the real clock and must not be moved"
          : "this data has lived by a virtual clock and must not meet the real one");
}

Outcome bind_clock(sql::Transaction& tx, ClockKind kind) {
  if (auto checked = check_clock(tx, kind); !checked) return checked;
  const auto bound = get(tx, kClock);
  if (!bound) return bound.error();
  if (*bound) return {};
  return put(tx, kClock, as_bytes(name_of(kind)));
}

Outcome store_virtual_time(sql::Transaction& tx, TimePoint time) {
  return replace(tx, kVirtualTime, as_bytes(std::to_string(to_millis(time))));
}

Result<std::optional<TimePoint>> virtual_time(sql::Snapshot& view) {
  const auto stored = get(view, kVirtualTime);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<TimePoint>{};
  const auto text = as_text(**stored);
  std::int64_t millis = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), millis);
  if (problem != std::errc{} || end != text.data() + text.size()) {
    return Fault::broken("installation: the stored virtual time is not a number");
  }
  return std::optional<TimePoint>{from_millis(millis)};
}

}  // namespace everseal::installation
