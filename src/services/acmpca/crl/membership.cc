#include "services/acmpca/crl/membership.h"

#include "crypto/digest.h"
#include "encoding/hex.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/crl/promise.h"

namespace everseal::acmpca {
namespace {

const CrlConfiguration& configuration_of(const Authority& authority) {
  return *authority.revocation.crl_configuration;
}

// A UUID that nobody else has (RFC 9562, 5.8), of the CA and the number of its lists: a transaction
// that runs again makes the same one.
std::string partition_name(const Authority& authority, std::size_t lists) {
  const auto text = authority.arn.text() + "/crl/" + std::to_string(lists);
  const auto digest = crypto::sha256(text);
  auto name = encoding::to_hex(ByteView(digest).first(16));
  name[12] = '8';  // the version
  name[16] = "89ab"[digest[8] & 3];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) name.insert(at, 1, '-');
  return name;
}

Result<std::int64_t> open_partition(sql::Transaction& tx, const Authority& authority) {
  const auto lists = crls_of(tx, authority.id);
  if (!lists) return lists.error();
  const auto name = partition_name(authority, lists->size());
  const auto location = crl_location(authority.arn, configuration_of(authority), name);
  return add_partition(tx, authority.id, name, {location.key, location.uri});
}

Outcome prepare_complete(sql::Transaction& tx, const Authority& authority) {
  const auto id = complete_crl(tx, authority.id);
  if (!id) return id.error();
  const auto location = crl_location(authority.arn, configuration_of(authority), "");
  if (const auto named = name_place(tx, *id, {location.key, location.uri}); !named) return named;
  return count_all(tx, *id);
}

enum class Fit {
  Well,
  Fills,  // the next one needs another partition
  Ends,   // there may be no next one
  Not,
};

Fit fit_within(std::int64_t count, std::int64_t most) {
  if (count < most) return Fit::Well;
  return count == most ? Fit::Ends : Fit::Not;
}

// How one that makes `count` certificates of the list fits there.
Result<Fit> fit(sql::Snapshot& view, const Authority& authority, std::int64_t crl,
                std::int64_t count, const Settings& settings) {
  if (!has_partitions(authority)) return fit_within(count, settings.certificates_complete);
  if (count < settings.certificates_a_partition) return Fit::Well;
  const auto newest = newest_partition(view, authority.id);
  if (!newest) return newest.error();
  if (!*newest || (*newest)->id != crl) return Fit::Well;
  const auto others = certificates_beside(view, authority.id, crl);
  if (!others) return others.error();
  const auto all = fit_within(*others + count, settings.certificates_partitioned);
  return all == Fit::Well ? Fit::Fills : all;
}

// Whether take_room would find it.
Result<bool> has_room(sql::Snapshot& view, const Authority& authority, std::int64_t crl,
                      const Settings& settings) {
  const auto count = certificates_of(view, crl);
  if (!count) return count.error();
  const auto fits = fit(view, authority, crl, *count + 1, settings);
  if (!fits) return fits.error();
  return *fits != Fit::Not;
}

// Where the list lies that what is signed from now on belongs to.
Result<std::optional<CrlInUse>> place_in_use(sql::Snapshot& view, const Authority& authority) {
  using Found = std::optional<CrlInUse>;
  if (has_partitions(authority)) {
    const auto newest = newest_partition(view, authority.id);
    if (!newest) return newest.error();
    if (!*newest) return Found{};
    return Found(CrlInUse{(*newest)->id, (*newest)->named->uri});
  }
  const auto complete = find_partition(view, authority.id, "");
  if (!complete) return complete.error();
  return Found(
      CrlInUse{*complete, crl_location(authority.arn, configuration_of(authority), "").uri});
}

}  // namespace

bool publishes_crls(const Authority& authority, TimePoint now) {
  const auto& crl = authority.revocation.crl_configuration;
  return crl && crl->enabled && may_revoke(authority.status(now)) && authority.installed;
}

bool has_partitions(const Authority& authority) {
  return configuration_of(authority).crl_type == CrlType::Partitioned;
}

bool is_abandoned(const Authority& authority, const Crl& crl, TimePoint now) {
  return publishes_crls(authority, now) && !has_partitions(authority) && !crl.partition.empty();
}

bool is_published(const Authority& authority, const Crl& crl, TimePoint now) {
  return publishes_crls(authority, now) && !is_abandoned(authority, crl, now);
}

Result<std::vector<std::int64_t>> lists_in(sql::Snapshot& view, const Authority& authority,
                                           const Crl& crl) {
  std::vector lists{crl.id};
  if (has_partitions(authority)) return lists;
  const auto all = crls_of(view, authority.id);
  if (!all) return all.error();
  for (const auto& other : *all) {
    if (other.id != crl.id) lists.push_back(other.id);
  }
  return lists;
}

Result<std::optional<CrlInUse>> crl_in_use(sql::Snapshot& view, const Authority& authority,
                                           const Settings& settings) {
  const auto& configuration = authority.revocation.crl_configuration;
  if (!configuration || !configuration->enabled) return std::optional<CrlInUse>{};
  auto crl = place_in_use(view, authority);
  if (!crl || !*crl || !(*crl)->id) return crl;
  const auto room = has_room(view, authority, *(*crl)->id, settings);
  if (!room) return room.error();
  (*crl)->has_room = *room;
  return crl;
}

CrlLocation location_of(const Authority& authority, const Crl& crl) {
  auto location = crl_location(authority.arn, configuration_of(authority), crl.partition);
  if (!has_partitions(authority) || !crl.named) return location;
  return {.bucket = location.bucket, .key = crl.named->key, .uri = crl.named->uri};
}

Outcome keep_place(sql::Transaction& tx, const Authority& before) {
  const auto& configuration = before.revocation.crl_configuration;
  if (!configuration || !configuration->enabled) return {};
  const auto id = find_partition(tx, before.id, "");
  if (!id) return id.error();
  if (!*id) return {};
  const auto complete = find_crl(tx, **id);
  if (!complete) return complete.error();
  if (!*complete || (*complete)->named) return {};
  const auto location = crl_location(before.arn, *configuration, "");
  return name_place(tx, **id, {location.key, location.uri});
}

Outcome prepare_crl(sql::Transaction& tx, const Authority& authority) {
  if (!has_partitions(authority)) return prepare_complete(tx, authority);
  const auto newest = newest_partition(tx, authority.id);
  if (!newest) return newest.error();
  if (*newest) {
    const auto wanted =
        crl_location(authority.arn, configuration_of(authority), (*newest)->partition);
    if ((*newest)->named->uri == wanted.uri) return {};
  }
  const auto opened = open_partition(tx, authority);
  if (!opened) return opened.error();
  return {};
}

Result<Room> take_room(sql::Transaction& tx, const Authority& authority, std::int64_t crl,
                       const Settings& settings, TimePoint now) {
  const auto count = count_certificate(tx, crl);
  if (!count) return count.error();
  const auto fits = fit(tx, authority, crl, *count, settings);
  if (!fits) return fits.error();
  if (*fits == Fit::Not) return Room::None;
  if (*fits == Fit::Well) return Room::Taken;
  if (*fits == Fit::Fills) {
    const auto next = open_partition(tx, authority);
    if (!next) return next.error();
    if (const auto done = promise_crl(tx, *next, now); !done) return done.error();
  }
  tx.announce(changed_topic, authority.id);
  return Room::Taken;
}

}  // namespace everseal::acmpca
