#include "services/elbv2/load_balancer_store.h"

#include "services/elbv2/attributes.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/reports.h"
#include "services/elbv2/stored.h"
#include "services/elbv2/tag_store.h"
#include "sql/without_count.h"

namespace everseal::elbv2 {
namespace {

// Whoever makes DNS aliases wants one; there is no zone of this name anywhere.
constexpr std::string_view hosted_zone = "ZEVERSEAL";

Result<LoadBalancer> load_balancer_in(const sql::Row& row) {
  auto networking = unpacked<Networking>(row.text(7));
  if (!networking) return networking.error();
  return LoadBalancer{
      .arn = row.text(0),
      .account = row.text(1),
      .region = row.text(2),
      .name = row.text(3),
      .dns_name = row.text(4),
      .scheme = aws::named<Scheme>(row.text(5)).value_or(Scheme::Internal),
      .ip_address_type = aws::named<IpAddressType>(row.text(6)).value_or(IpAddressType::Ipv4),
      .networking = *std::move(networking),
      .address = row.text(9),
      .created_at = row.time(8)};
}

Result<std::optional<LoadBalancer>> load_balancer_of(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<LoadBalancer>{};
  auto found = load_balancer_in(**row);
  if (!found) return found.error();
  return std::optional(*std::move(found));
}

}  // namespace

std::vector<shapes::AvailabilityZone> zones_of(const LoadBalancer& balancer) {
  std::vector<shapes::AvailabilityZone> zones;
  for (const shapes::SubnetMapping& subnet : balancer.networking.subnets) {
    zones.push_back({subnet.subnet_id.value_or(""),
                     {{balancer.address, subnet.allocation_id, subnet.private_ipv4_address,
                       subnet.ipv6_address}}});
  }
  return zones;
}

Result<std::set<std::string>> taken_addresses(sql::Snapshot& view) {
  const auto rows = view.all("SELECT address FROM elbv2_load_balancer");
  if (!rows) return rows.error();
  std::set<std::string> taken;
  for (const sql::Row& row : *rows) taken.insert(row.text(0));
  return taken;
}

shapes::LoadBalancer shown(const LoadBalancer& balancer, const Reports* reports) {
  const auto fault = reports == nullptr ? std::nullopt : reports->fault_of(balancer.arn);
  return {
      .load_balancer_arn = balancer.arn,
      .dns_name = balancer.dns_name,
      .canonical_hosted_zone_id = std::string(hosted_zone),
      .created_time = balancer.created_at,
      .load_balancer_name = balancer.name,
      .scheme = balancer.scheme,
      .state = fault ? shapes::State{LoadBalancerState::ActiveImpaired, fault} : shapes::State{},
      .type = LoadBalancerType::Application,
      .availability_zones = zones_of(balancer),
      .security_groups = balancer.networking.security_groups,
      .ip_address_type = balancer.ip_address_type};
}

void announce_change(sql::Transaction& tx) { tx.announce(change_topic, 0); }

Result<std::optional<LoadBalancer>> find_load_balancer(sql::Snapshot& view, std::string_view arn) {
  return load_balancer_of(
      view.one("SELECT arn, account, region, name, dns_name, scheme, ip_address_type, networking, "
               "created_at, address FROM elbv2_load_balancer WHERE arn = $1",
               arn));
}

Result<std::optional<LoadBalancer>> find_load_balancer_named(sql::Snapshot& view,
                                                             std::string_view account,
                                                             std::string_view region,
                                                             std::string_view name) {
  return load_balancer_of(
      view.one("SELECT arn, account, region, name, dns_name, scheme, ip_address_type, networking, "
               "created_at, address FROM elbv2_load_balancer "
               "WHERE account = $1 AND region = $2 AND name = $3",
               account, region, name));
}

Result<LoadBalancer, ApiError> own_load_balancer(sql::Snapshot& view, const aws::Call& call,
                                                 std::string_view arn) {
  if (auto right_kind = expect(Kind::LoadBalancer, arn); !right_kind) return right_kind.error();
  auto found = find_load_balancer(view, arn);
  if (!found) return found.error();
  if (!*found || !is_own(call, arn)) return no_such_load_balancer(arn);
  return **std::move(found);
}

Result<std::vector<LoadBalancer>> list_load_balancers(sql::Snapshot& view, std::string_view account,
                                                      std::string_view region,
                                                      std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT arn, account, region, name, dns_name, scheme, ip_address_type, networking, "
      "created_at, address FROM elbv2_load_balancer "
      "WHERE account = $1 AND region = $2 AND name > $3 ORDER BY name LIMIT $4",
      account, region, after, limit);
  if (!rows) return rows.error();
  std::vector<LoadBalancer> balancers;
  for (const sql::Row& row : *rows) {
    auto balancer = load_balancer_in(row);
    if (!balancer) return balancer.error();
    balancers.push_back(*std::move(balancer));
  }
  return balancers;
}

Result<std::int64_t> count_load_balancers(sql::Snapshot& view, std::string_view account,
                                          std::string_view region) {
  const auto row =
      view.one("SELECT COUNT(*) FROM elbv2_load_balancer WHERE account = $1 AND region = $2",
               account, region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_load_balancer(sql::Transaction& tx, const LoadBalancer& balancer) {
  return sql::without_count(
      tx.run("INSERT INTO elbv2_load_balancer (arn, account, region, name, dns_name, scheme, "
             "ip_address_type, networking, created_at, address) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             balancer.arn, balancer.account, balancer.region, balancer.name, balancer.dns_name,
             aws::name_of(balancer.scheme), aws::name_of(balancer.ip_address_type),
             packed(balancer.networking), balancer.created_at, balancer.address));
}

Outcome change_load_balancer(sql::Transaction& tx, const LoadBalancer& balancer) {
  return sql::without_count(
      tx.run("UPDATE elbv2_load_balancer SET ip_address_type = $2, networking = $3 WHERE arn = $1",
             balancer.arn, aws::name_of(balancer.ip_address_type), packed(balancer.networking)));
}

Outcome remove_load_balancer(sql::Transaction& tx, std::string_view arn) {
  if (auto removed = remove_attributes(tx, arn); !removed) return removed;
  if (auto removed = remove_all_tags(tx, arn); !removed) return removed;
  return sql::without_count(tx.run("DELETE FROM elbv2_load_balancer WHERE arn = $1", arn));
}

}  // namespace everseal::elbv2
