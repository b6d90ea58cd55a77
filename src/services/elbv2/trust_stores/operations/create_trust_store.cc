#include "services/elbv2/trust_stores/operations/create_trust_store.h"

#include <algorithm>
#include <map>
#include <utility>

#include "asn1/pem.h"
#include "aws/arn.h"
#include "aws/tag_keys.h"
#include "encoding/hex.h"
#include "services/elbv2/trust_stores/bundle_file.h"
#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

constexpr std::size_t most_tags = 50;

Result<aws::Tags, ApiError> checked(const std::vector<shapes::Tag>& tags) {
  if (tags.size() > most_tags) return too_many_tags(most_tags);
  aws::TagKeys keys;
  std::map<std::string, std::string> by_key;
  for (const auto& tag : tags) {
    if (aws::is_reserved_tag_key(tag.key)) return reserved_tag_key();
    if (!keys.add(tag.key)) return duplicate_tag_keys();
    by_key[tag.key] = tag.value.value_or("");
  }
  return aws::Tags(by_key.begin(), by_key.end());
}

// Of that name: nothing, or the same once more, or a refusal.
Result<std::optional<TrustStore>, ApiError> made_before(sql::Snapshot& view,
                                                        const TrustStore& wanted, ByteView bundle,
                                                        const aws::Tags& tags) {
  auto found = find_named(view, wanted.account, wanted.region, wanted.name);
  if (!found) return found.error();
  if (!*found) return std::optional<TrustStore>();
  const auto kept_tags = tags_of(view, (*found)->number);
  if (!kept_tags) return kept_tags.error();
  const auto kept = bundle_of(view, (*found)->number);
  if (!kept) return kept.error();
  if (*kept_tags != tags || !std::ranges::equal(**kept, bundle)) return name_taken(wanted.name);
  return *std::move(found);
}

Outcome add(sql::Transaction& tx, const TrustStore& store, ByteView bundle, const aws::Tags& tags,
            TimePoint now) {
  if (const auto added = add_trust_store(tx, store, bundle, now); !added) return added;
  const auto kept = find_trust_store(tx, store.arn);
  if (!kept) return kept.error();
  return put_tags(tx, (*kept)->number, tags);
}

Result<TrustStore, ApiError> made(sql::Transaction& tx, const TrustStore& store, ByteView bundle,
                                  const aws::Tags& tags, const Settings& settings, TimePoint now) {
  const auto before = made_before(tx, store, bundle, tags);
  if (!before) return before.error();
  if (*before) return **before;
  const auto count = count_trust_stores(tx, store.account, store.region);
  if (!count) return count.error();
  if (*count >= settings.stores) return too_many_stores(settings.stores);
  if (const auto added = add(tx, store, bundle, tags, now); !added) return added.error();
  return store;
}

std::optional<std::string> followed_ca(const std::vector<shapes::Tag>& tags) {
  const auto found = std::ranges::find(tags, ca_tag, &shapes::Tag::key);
  return found == tags.end() ? std::nullopt : std::optional(found->value.value_or(""));
}

// One of the caller's own account, here.
bool is_own_ca(std::string_view ca_arn, const aws::Call& call) {
  const auto arn = Arn::parse(ca_arn);
  return arn && arn->service() == "acm-pca" && arn->account() == call.caller.account &&
         arn->region() == call.region;
}

}  // namespace

aws::Access CreateTrustStore::access(const Request& request, const aws::Call& call) const {
  const auto made = trust_store_arn(call.caller.account, call.region, request.trust_store, "*");
  auto access = aws::on(made);
  std::vector<std::string> keys;
  for (const auto& tag : request.tags) {
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value.value_or("")}});
    keys.push_back(tag.key);
  }
  if (!keys.empty()) {
    access.context.push_back({"aws:TagKeys", std::move(keys)});
    aws::Access tagging{
        .action = "elasticloadbalancing:AddTags", .resources = {made}, .context = access.context};
    tagging.context.push_back({"elasticloadbalancing:CreateAction", {std::string(name)}});
    access.also.push_back(std::move(tagging));
  }
  if (const auto ca_arn = followed_ca(request.tags)) {
    access.also.push_back(
        {.action = "acm-pca:GetCertificateAuthorityCertificate", .resources = {*ca_arn}});
  }
  return access;
}

Result<BundleFile, ApiError> CreateTrustStore::bundle_for(
    const Request& request, const aws::Call& call, const std::optional<std::string>& ca_arn) const {
  if (!ca_arn) {
    return read_bundle_file(objects, call, {request.bucket, request.key, request.version},
                            settings);
  }
  if (followed.cas() == nullptr || !is_own_ca(*ca_arn, call)) return no_ca_to_follow(*ca_arn);
  const auto ca =
      database.read([&](sql::Snapshot& view) { return followed.cas()->find(view, *ca_arn); });
  if (!ca) return ca.error();
  if (!*ca) return no_ca_to_follow(*ca_arn);
  const auto pem = asn1::Pem::print(asn1::kCertificateLabel, (*ca)->certificate);
  return BundleFile{to_bytes(pem), 1};
}

Result<shapes::TrustStores, ApiError> CreateTrustStore::operator()(const Request& request,
                                                                   const aws::Call& call) const {
  const auto tags = checked(request.tags);
  if (!tags) return tags.error();
  const auto ca_arn = followed_ca(request.tags);
  const auto file = bundle_for(request, call, ca_arn);
  if (!file) return file.error();
  const auto id = encoding::to_hex(random.bytes(8));
  const TrustStore store{
      .account = call.caller.account,
      .region = call.region,
      .name = request.trust_store,
      .arn = trust_store_arn(call.caller.account, call.region, request.trust_store, id),
      .ca_certificates = file->ca_certificates,
      .ca_arn = ca_arn};
  return database.write([&](sql::Transaction& tx) -> Result<shapes::TrustStores, ApiError> {
    const auto kept = made(tx, store, file->octets, *tags, settings, clock.now());
    if (!kept) return kept.error();
    const auto counted = followed.counted(tx, *kept);
    if (!counted) return counted.error();
    return shapes::TrustStores{.trust_stores = {shapes::shown(*counted)}, .next_marker = {}};
  });
}

}  // namespace everseal::elbv2::trust_stores
