#include "services/elbv2/trust_stores/operations/add_trust_store_revocations.h"

#include <utility>

#include "services/elbv2/trust_stores/bundle.h"
#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/files.h"
#include "services/elbv2/trust_stores/own.h"
#include "services/elbv2/trust_stores/revocation_file.h"

namespace everseal::elbv2::trust_stores {
namespace {

Result<std::vector<x509::Certificate>, ApiError> certificates_of(sql::Snapshot& view,
                                                                 const aws::Call& call,
                                                                 const std::string& arn,
                                                                 const Followed& followed) {
  const auto store = own_trust_store(view, call, arn);
  if (!store) return store.error();
  const auto file = followed.bundle(view, *store);
  if (!file) return file.error();
  auto bundle = kept_bundle(as_text(*file));
  if (!bundle) return bundle.error();
  return *std::move(bundle);
}

// With the lists that are to be added to it.
Result<void, ApiError> check_quotas(const TrustStore& store,
                                    const std::vector<RevocationList>& lists,
                                    const Settings& settings) {
  std::int64_t entries = store.revoked_entries;
  for (const auto& list : lists) entries += list.entries;
  if (entries > settings.revoked_entries) return too_many_entries(settings.revoked_entries);
  if (store.revocation_lists + std::ssize(lists) > settings.revocation_lists) {
    return too_many_lists(settings.revocation_lists);
  }
  return {};
}

}  // namespace

aws::Access AddTrustStoreRevocations::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

// One file after the other, of which only what is kept stays in memory.
Result<std::vector<RevocationList>, ApiError> AddTrustStoreRevocations::read_all(
    const Request& request, const aws::Call& call) const {
  const auto bundle = database.read([&](sql::Snapshot& view) {
    return certificates_of(view, call, request.trust_store_arn, followed);
  });
  if (!bundle) return bundle.error();
  constexpr FileWords words{.not_found = revocation_not_found, .invalid = invalid_revocation};
  std::int64_t octets_left = settings.revocation_file_octets;
  std::vector<RevocationList> lists;
  for (const auto& [bucket, key, version, type] : request.contents) {
    const auto file =
        read_file(objects, call, {bucket, key, version}, octets_left, settings, words);
    if (!file) return file.error();
    octets_left -= std::ssize(*file);
    auto list = read_revocation_file(as_text(*file), *bundle, settings);
    if (!list) return list.error();
    lists.push_back(*std::move(list));
  }
  return lists;
}

Result<shapes::TrustStoreRevocations, ApiError> AddTrustStoreRevocations::add_all(
    sql::Transaction& tx, TrustStore store, const std::vector<RevocationList>& lists) const {
  if (const auto fine = check_quotas(store, lists, settings); !fine) return fine.error();
  shapes::TrustStoreRevocations answer;
  for (const auto& list : lists) {
    store.revoked_entries += list.entries;
    ++store.revocation_lists;
    const auto id = ++store.last_revocation_id;
    if (const auto added = add_revocation(tx, store, id, list, clock.now()); !added) {
      return added.error();
    }
    answer.trust_store_revocations.push_back({.trust_store_arn = store.arn,
                                              .revocation_id = id,
                                              .number_of_revoked_entries = list.entries});
  }
  if (const auto counted = count_revocations(tx, store, clock.now()); !counted) {
    return counted.error();
  }
  return answer;
}

Result<shapes::TrustStoreRevocations, ApiError> AddTrustStoreRevocations::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.contents.empty()) return no_contents();
  if (std::ssize(request.contents) > settings.revocation_lists) {
    return too_many_lists(settings.revocation_lists);
  }
  const auto lists = read_all(request, call);
  if (!lists) return lists.error();
  return database.write(
      [&](sql::Transaction& tx) -> Result<shapes::TrustStoreRevocations, ApiError> {
        auto store = own_trust_store(tx, call, request.trust_store_arn);
        if (!store) return store.error();
        return add_all(tx, *std::move(store), *lists);
      });
}

}  // namespace everseal::elbv2::trust_stores
