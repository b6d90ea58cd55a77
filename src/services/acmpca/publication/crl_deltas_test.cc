#include <gtest/gtest.h>

#include <set>

#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/publication/crl_publisher.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/crl.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;
using Serials = std::set<std::string>;

Settings with_deltas() {
  Settings settings;
  settings.crl_deltas = true;
  return settings;
}

// A CA that writes delta CRLs.
struct World : TestCa {
  AuthorityArn ca = active_root();
  CrlConfiguration configuration{
      .enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
  std::string name = "crls/crl/" + std::string(ca.uuid());

  World() : TestCa(with_deltas()) {
    configure();
    now();
  }
  void configure() {
    const auto answer = run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.crl_configuration = configuration}, std::nullopt});
    if (!answer) throw std::runtime_error(answer.error().message);
  }
  // Issued and revoked; its serial number.
  std::string revoked(std::int64_t for_days = 365) {
    const auto leaf =
        issue(order(ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(for_days)));
    const auto answer =
        run<RevokeCertificate>({ca, leaf.serial().hex(), RevocationReason::Superseded});
    if (!answer) throw std::runtime_error(answer.error().message);
    return leaf.serial().hex();
  }
  void now() { run_jobs_until(clock.now()); }

  Bytes complete() { return bucket.find(name + ".crl").value().content; }
  Bytes delta() { return bucket.find(name + "-delta.crl").value().content; }
  Serials listed(const Bytes& der) {
    const auto crl = x509::Crl::parse(der);
    const auto signer = *x509::Certificate::parse(stored(ca).installed->der);
    EXPECT_TRUE(x509::verify_crl(*crl, signer.public_key_info()));
    Serials serials;
    for (const auto& entry : crl->entries())
      serials.insert(x509::SerialNumber::from_octets(entry.serial)->hex());
    return serials;
  }
  std::uint64_t number(const Bytes& der) { return *x509::Crl::parse(der)->number()->small(); }
  std::uint64_t base(const Bytes& der) { return *x509::Crl::parse(der)->tbs().delta->base.small(); }
};

TEST(CrlDeltas, list_what_was_revoked_since_the_complete_list) {
  World world;
  const auto before = world.complete();
  const auto first = world.revoked();
  world.now();
  EXPECT_EQ(world.complete(), before);
  EXPECT_EQ(world.listed(world.delta()), Serials{first});
  EXPECT_EQ(world.base(world.delta()), world.number(before));
  const auto earlier = world.number(world.delta());
  const auto second = world.revoked();
  world.now();
  EXPECT_EQ(world.listed(world.delta()), (Serials{first, second}));
  EXPECT_GT(world.number(world.delta()), earlier);
  EXPECT_TRUE(world.bucket.find(world.name + "-delta.pem"));
}

TEST(CrlDeltas, are_named_by_the_complete_list) {
  World world;
  const auto der = world.complete();
  const auto crl = x509::Crl::parse(der);
  const auto* extension = crl->tbs().extensions.find(x509::oids::kFreshestCrl);
  ASSERT_NE(extension, nullptr);
  EXPECT_FALSE(extension->critical);
  EXPECT_EQ(x509::CrlDistributionPoints::parse(extension->value)->uris(),
            std::vector{"http://crls.s3.us-east-1.amazonaws.com/crl/" +
                        std::string(world.ca.uuid()) + "-delta.crl"});
}

TEST(CrlDeltas, go_into_the_complete_list_when_half_of_its_time_is_over) {
  World world;
  const auto start = world.clock.now();
  const auto first = world.revoked();
  world.run_jobs_until(start + 84h - 1ms);
  EXPECT_TRUE(world.listed(world.complete()).empty());
  world.run_jobs_until(start + 84h);
  EXPECT_EQ(world.listed(world.complete()), Serials{first});
  const auto second = world.revoked();
  world.now();
  EXPECT_EQ(world.listed(world.delta()), Serials{second});
  EXPECT_EQ(world.base(world.delta()), world.number(world.complete()));
}

TEST(CrlDeltas, lose_nothing_when_ended_certificates_go) {
  World world;
  const auto start = world.clock.now();
  world.revoked(2);
  const auto lasting = world.revoked();
  world.run_jobs_until(start + 168h);
  EXPECT_EQ(world.listed(world.complete()), Serials{lasting});
  const auto young = world.revoked();
  world.now();
  EXPECT_EQ(world.listed(world.delta()), Serials{young});
  world.run_jobs_until(start + 252h);
  EXPECT_EQ(world.listed(world.complete()), (Serials{lasting, young}));
}

TEST(CrlDeltas, hold_many_entries_behind_many) {
  World world;
  for (int i = 0; i < 170; ++i) world.revoked();
  world.configure();
  world.now();
  EXPECT_EQ(world.listed(world.complete()).size(), 170U);
  Serials young;
  for (int i = 0; i < 200; ++i) young.insert(world.revoked());
  world.now();
  EXPECT_EQ(world.listed(world.delta()), young);
}

TEST(CrlDeltas, end_with_a_change_of_the_configuration) {
  World world;
  const auto first = world.revoked();
  world.now();
  world.configuration.crl_type = CrlType::Partitioned;
  world.configure();
  world.now();
  EXPECT_EQ(world.listed(world.complete()), Serials{first});
  const auto der = world.complete();
  EXPECT_TRUE(x509::Crl::parse(der)->tbs().distribution_point);
}

TEST(CrlDeltas, name_the_distribution_point_of_their_partition) {
  World world;
  world.configuration.crl_type = CrlType::Partitioned;
  world.configure();
  world.now();
  const auto leaf = world.issue(world.order(world.ca, csr_for("app.internal")));
  const auto uri = leaf.extensions().get<x509::CrlDistributionPoints>()->value().uris().at(0);
  ASSERT_TRUE(
      world.run<RevokeCertificate>({world.ca, leaf.serial().hex(), RevocationReason::Superseded}));
  world.now();
  const auto key = "crls" + uri.substr(uri.find("/crl/"));
  const auto delta = world.bucket.find(key.substr(0, key.size() - 4) + "-delta.crl");
  ASSERT_TRUE(delta);
  EXPECT_EQ(world.listed(delta->content), Serials{leaf.serial().hex()});
  EXPECT_EQ(x509::Crl::parse(delta->content)->tbs().distribution_point->uris(), std::vector{uri});
}

// What partitions list is in the base when the CA has returned to one list.
TEST(CrlDeltas, leave_to_the_complete_list_what_partitions_listed) {
  World world;
  world.configuration.crl_type = CrlType::Partitioned;
  world.configure();
  const auto first = world.revoked();
  world.now();
  const auto second = world.revoked();
  world.now();
  world.configuration.crl_type = std::nullopt;
  world.configure();
  world.now();
  EXPECT_EQ(world.listed(world.complete()), (Serials{first, second}));
  const auto young = world.revoked();
  world.now();
  EXPECT_EQ(world.listed(world.delta()), Serials{young});
  EXPECT_EQ(world.base(world.delta()), world.number(world.complete()));
  world.run_jobs_until(world.clock.now() + 84h);
  EXPECT_EQ(world.listed(world.complete()), (Serials{first, second, young}));
}

// A complete list is begun by another node while this one has written a delta's files.
TEST(CrlDeltas, are_not_stored_when_their_base_is_gone) {
  World world;
  const auto first = world.revoked();
  world.bucket.before_store = [&] {
    ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) { return forget_base(tx, 1); }));
  };
  world.now();
  EXPECT_FALSE(world.bucket.find(world.name + "-delta.crl"));
  world.run_jobs_until(world.clock.now() + 1min);
  EXPECT_EQ(world.listed(world.complete()), Serials{first});
}

TEST(CrlDeltas, are_served_over_plain_http) {
  World world;
  world.revoked();
  world.now();
  const auto get = [&](const std::string& suffix) {
    return world.publication_point.respond(
        {.head = {.method = "GET",
                  .target = "/crl/" + std::string(world.ca.uuid()) + suffix,
                  .headers = {}}});
  };
  for (const auto* suffix : {".crl", ".pem", "-delta.crl", "-delta.pem"})
    EXPECT_EQ(get(suffix).status, 200) << suffix;
  EXPECT_EQ(get("-delta.crl").headers.find("Content-Type"), "application/pkix-crl");
  EXPECT_EQ(get("-delta-delta.crl").status, 404);
}

}  // namespace
}  // namespace everseal::acmpca
