#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asn1/pem.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "encoding/hex.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/testing/need.h"
#include "services/elbv2/trust_stores/associations.h"
#include "services/elbv2/trust_stores/migrations.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/operations/add_trust_store_revocations.h"
#include "services/elbv2/trust_stores/operations/create_trust_store.h"
#include "services/elbv2/trust_stores/operations/describe_trust_stores.h"
#include "services/elbv2/trust_stores/operations/remove_trust_store_revocations.h"
#include "services/elbv2/trust_stores/private_cas.h"
#include "services/elbv2/trust_stores/reader.h"
#include "services/elbv2/trust_stores/settings.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"
#include "x509/test_chain.h"
#include "x509/test_crl.h"

// For the tests of this folder: trust stores on a database in memory, and buckets that do as told.
namespace everseal::elbv2::trust_stores {

// "bucket/key", of a version "bucket/key?1"; an object that begins with "denied" cannot be read.
class Buckets final : public ObjectSource {
 public:
  Result<Found, ApiError> read(const aws::Call&, const Place& place, std::uint64_t most) override {
    ++reads;
    auto name = place.bucket + "/" + place.key;
    if (place.version) name += "?" + *place.version;
    const auto found = objects.find(name);
    if (found == objects.end()) return Found{.kind = Found::Kind::Missing};
    if (found->second.starts_with("denied")) {
      return Found{.kind = Found::Kind::Denied, .denial = "not authorized"};
    }
    if (found->second.size() > most) return Found{.kind = Found::Kind::TooLong};
    return Found{.kind = Found::Kind::Object, .octets = to_bytes(found->second)};
  }
  std::map<std::string, std::string> objects;
  int reads = 0;
};

class Listeners final : public Associations {
 public:
  Result<std::vector<std::string>> list(sql::Snapshot&, std::string_view store,
                                        std::string_view after, std::int64_t limit) const override {
    std::vector<std::string> found;
    for (const auto& [used, listener] : all) {
      if (used != store || listener <= after) continue;
      if (std::ssize(found) < limit) found.push_back(listener);
    }
    return found;
  }
  Result<bool> has(sql::Snapshot&, std::string_view store,
                   std::string_view listener) const override {
    return all.contains({std::string(store), std::string(listener)});
  }
  std::set<std::pair<std::string, std::string>> all;  // trust store, listener
};

// CAs that revoke as told.
class Cas final : public PrivateCas {
 public:
  explicit Cas(sql::Database& database) : database_(database) {}

  Result<std::optional<Ca>> find(sql::Snapshot&, std::string_view arn) const override {
    const auto found = all.find(std::string(arn));
    if (found == all.end()) return std::optional<Ca>();
    auto ca = found->second;
    const std::lock_guard lock(mutex_);
    ca.revoked = std::ssize(serials);
    return std::optional(std::move(ca));
  }
  Outcome revoked_serials(sql::Snapshot&, std::int64_t, std::int64_t after,
                          const std::function<void(ByteView)>& visit) const override {
    if (faults > 0 && faults-- > 0) return Fault::unavailable("the disk is busy");
    const std::lock_guard lock(mutex_);
    for (auto at = static_cast<std::size_t>(after); at < serials.size(); ++at)
      visit(encoding::from_hex(serials[at]).value());
    return {};
  }
  sql::Subscription on_change(std::function<void()> hear) const override {
    return database_.listen("test.cas", [hear = std::move(hear)](std::int64_t) { hear(); });
  }
  // While others read, too.
  void revoke(const std::string& serial) {
    {
      const std::lock_guard lock(mutex_);
      serials.push_back(serial);
    }
    need(database_.write([](sql::Transaction& tx) -> Outcome {
      tx.announce("test.cas", 1);
      return {};
    }));
  }

  std::map<std::string, Ca> all;
  std::vector<std::string> serials;
  mutable std::atomic<int> faults = 0;  // so many readings of serials fail

 private:
  sql::Database& database_;
  mutable std::mutex mutex_;
};

inline std::vector<x509::Extension> of_ca() {
  using x509::KeyUsageBit;
  return x509::testing::ca_with(
      {to_extension(x509::KeyUsage::of({KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign}),
                    x509::Criticality::Critical)});
}

inline x509::Certificate ca(std::string_view name,
                            std::vector<x509::Extension> extensions = of_ca()) {
  return x509::testing::Draft{.subject = name, .issuer = name, .extensions = std::move(extensions)}
      .signed_certificate();
}

inline std::string crl_pem(ByteView der) { return asn1::Pem::print(asn1::kCrlLabel, der); }

// Of the CA of that name.
inline x509::testing::TestCrl draft_crl(std::string_view issuer,
                                        const std::vector<std::string>& serials) {
  x509::testing::TestCrl crl;
  crl.issuer = x509::testing::organization(issuer);
  for (const auto& serial : serials) {
    const auto entry = x509::testing::entry(serial);
    crl.run.insert(crl.run.end(), entry.begin(), entry.end());
  }
  return crl;
}
inline std::string crl_of(std::string_view issuer, const std::vector<std::string>& serials) {
  return crl_pem(draft_crl(issuer, serials).der(x509::testing::the_key()));
}

struct World {
  World() {
    need(sql::migrate(*database, {migrations()}));
    call.caller.account = "111122223333";
    call.region = "eu-west-1";
    buckets.objects["pki/ca.pem"] = ca("Devices").pem();
    buckets.objects["pki/two.pem"] = ca("Devices").pem() + ca("Gates").pem();
  }

  Result<shapes::TrustStores, ApiError> try_create(const std::string& name,
                                                   const std::string& key = "ca.pem",
                                                   std::vector<shapes::Tag> tags = {}) {
    const CreateTrustStore create{*database, random, clock, buckets, settings, followed};
    return create({name, "pki", key, {}, std::move(tags)}, call);
  }
  // Its ARN.
  std::string create(const std::string& name = "devices", const std::string& key = "ca.pem") {
    return need(try_create(name, key)).trust_stores.at(0).trust_store_arn;
  }
  // Of what lies in the bucket then.
  Result<shapes::TrustStores, ApiError> create_of(const std::string& file) {
    buckets.objects["pki/own.pem"] = file;
    return try_create("own", "own.pem");
  }
  shapes::TrustStore described(const std::string& arn) {
    return need(DescribeTrustStores{*database, followed}({{arn}, {}, {}, {}}, call))
        .trust_stores.at(0);
  }

  Result<shapes::TrustStoreRevocations, ApiError> try_add(const std::string& arn,
                                                          const std::vector<std::string>& keys) {
    AddTrustStoreRevocations::Request request{arn, {}};
    for (const auto& key : keys) request.contents.push_back({"pki", key, {}, {}});
    return AddTrustStoreRevocations{*database, clock, buckets, settings, followed}(request, call);
  }
  // The ID.
  std::int64_t add(const std::string& arn, const std::string& file) {
    buckets.objects["pki/own.crl"] = file;
    return need(try_add(arn, {"own.crl"})).trust_store_revocations.at(0).revocation_id;
  }
  // What is said of a file.
  std::string refusal(const std::string& arn, const std::string& file) {
    buckets.objects["pki/own.crl"] = file;
    const auto answer = try_add(arn, {"own.crl"});
    return answer ? "(none)" : sentence_of(answer.error());
  }
  Result<shapes::Done, ApiError> remove(const std::string& arn, std::vector<std::int64_t> ids) {
    return RemoveTrustStoreRevocations{*database, clock}({arn, std::move(ids)}, call);
  }

  // "<hash of the issuer's name> <serial>"
  static std::string shown(const std::string& issuer, const std::string& serial) {
    return encoding::to_hex(issuer_hash(x509::testing::organization(issuer).der())) + " " + serial;
  }
  std::vector<std::string> revoked(const std::string& arn) {
    std::vector<std::string> all;
    need(database->read([&](sql::Snapshot& view) {
      return reader.revoked_entries(view, arn, [&](const RevokedEntry& entry) {
        all.push_back(encoding::to_hex(entry.issuer) + " " + encoding::to_hex(entry.serial));
        return true;
      });
    }));
    return all;
  }

  ManualClock clock{x509::testing::noon};
  CountingRandom random;
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = need(sql::sqlite::open_in_memory({}, log));
  keys::MasterKey master = keys::MasterKey::in_memory(random);
  keys::Vault vault{master, random};
  Buckets buckets;
  Listeners listeners;
  Cas cas{*database};
  Followed followed{&cas};
  Reader reader{*database, followed};
  Settings settings;
  aws::Call call;
};

}  // namespace everseal::elbv2::trust_stores
