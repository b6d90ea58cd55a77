#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "asn1/pem.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/verification.h"
#include "services/acmpca/certificates/signed_certificates.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/crl.h"
#include "x509/extension_types.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;

CrlConfiguration seven_days() {
  return {.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
}

// A CA that publishes a CRL.
struct World : TestCa {
  AuthorityArn ca = active_root();
  std::string name = "crls/crl/" + std::string(ca.uuid()) + ".crl";

  World() { configure(seven_days()); }

  std::string configure(const CrlConfiguration& crl) {
    const auto answer = run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt});
    return std::string(answer ? "done" : answer.error().code);
  }
  x509::Certificate leaf(std::int64_t for_days = 365) {
    return issue(
        order(ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(for_days)));
  }
  void revoke(const x509::Certificate& certificate) {
    const auto answer =
        run<RevokeCertificate>({ca, certificate.serial().hex(), RevocationReason::Superseded});
    if (!answer) throw std::runtime_error(answer.error().message);
  }
  void now() { run_jobs_until(clock.now()); }

  // What lies in the bucket, parsed and its signature verified.
  Bytes octets() { return bucket.find(name).value().content; }
  std::set<std::string> listed() {
    const auto der = octets();
    const auto crl = x509::Crl::parse(der);
    const auto signer = *x509::Certificate::parse(stored(ca).installed->der);
    EXPECT_TRUE(x509::verify_crl(*crl, signer.public_key_info()));
    std::set<std::string> serials;
    for (const auto& entry : crl->entries())
      serials.insert(x509::SerialNumber::from_octets(entry.serial)->hex());
    return serials;
  }
  std::uint64_t number() {
    const auto der = octets();
    return *x509::Crl::parse(der)->number()->small();
  }
};

TEST(CrlPublisher, publishes_an_empty_list_as_soon_as_it_is_switched_on) {
  World world;
  world.now();
  const auto der = world.octets();
  const auto crl = x509::Crl::parse(der);
  ASSERT_TRUE(crl);
  EXPECT_TRUE(crl->entries().empty());
  EXPECT_EQ(crl->this_update(), world.clock.now() - 1h);
  EXPECT_EQ(crl->next_update(), world.clock.now() + 168h);
  EXPECT_EQ(world.number(), static_cast<std::uint64_t>(to_millis(world.clock.now())));
  EXPECT_EQ(world.bucket.find(world.name)->content_type, "application/pkix-crl");
  EXPECT_EQ(world.bucket.find(world.name)->written_for, world.ca.text());
  EXPECT_TRUE(world.bucket.find("crls/acm-pca-permission-test-key"));
}

TEST(CrlPublisher, lists_what_was_revoked_and_says_the_same_in_pem) {
  World world;
  const auto good = world.leaf();
  const auto bad = world.leaf();
  world.revoke(bad);
  world.now();
  EXPECT_EQ(world.listed(), std::set{bad.serial().hex()});
  const auto pem = world.bucket.find(world.name.substr(0, world.name.size() - 4) + ".pem");
  ASSERT_TRUE(pem);
  EXPECT_EQ(as_text(pem->content), asn1::Pem::print(asn1::kCrlLabel, world.octets()));
}

TEST(CrlPublisher, names_its_place_in_certificates) {
  World world;
  const auto points = [&] {
    return world.leaf().extensions().get<x509::CrlDistributionPoints>()->value().uris();
  };
  const auto key = "/crl/" + std::string(world.ca.uuid()) + ".crl";
  EXPECT_EQ(points(), std::vector{"http://crls.s3.us-east-1.amazonaws.com" + key});
  auto crl = seven_days();
  crl.s3_bucket_name = "crls.example";
  world.configure(crl);
  EXPECT_EQ(points(), std::vector{"http://s3.us-east-1.amazonaws.com/crls.example" + key});
  crl.custom_cname = "crl.example";
  world.configure(crl);
  EXPECT_EQ(points(), std::vector{"http://crl.example" + key});
  crl.custom_path = "lists";
  world.configure(crl);
  const auto id = std::string(world.ca.uuid());
  EXPECT_EQ(points(), std::vector{"http://crl.example/lists/" + id + ".crl"});
}

TEST(CrlPublisher, refreshes_when_half_of_the_time_is_over) {
  World world;
  world.now();
  const auto first = world.number();
  const auto start = world.clock.now();
  world.run_jobs_until(start + 84h - 1ms);
  EXPECT_EQ(world.number(), first);
  world.run_jobs_until(start + 84h);
  EXPECT_GT(world.number(), first);
}

TEST(CrlPublisher, lists_a_certificate_once_more_after_its_end) {
  World world;
  const auto brief = world.leaf(2);
  const auto lasting = world.leaf();
  world.revoke(brief);
  world.revoke(lasting);
  const auto both = std::set{brief.serial().hex(), lasting.serial().hex()};
  world.now();
  EXPECT_EQ(world.listed(), both);
  const auto start = world.clock.now();
  world.run_jobs_until(start + 84h);  // the first one after its end
  EXPECT_EQ(world.listed(), both);
  world.run_jobs_until(start + 168h);
  EXPECT_EQ(world.listed(), std::set{lasting.serial().hex()});
}

TEST(CrlPublisher, lists_what_was_revoked_before_it_was_switched_on) {
  World world;
  ASSERT_EQ(world.configure({.enabled = false}), "done");
  const auto bad = world.leaf();
  world.revoke(bad);
  world.now();
  EXPECT_FALSE(world.bucket.find(world.name));
  world.configure(seven_days());
  world.now();
  EXPECT_EQ(world.listed(), std::set{bad.serial().hex()});
}

TEST(CrlPublisher, goes_on_for_a_disabled_ca) {
  World world;
  const auto bad = world.leaf();
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  world.revoke(bad);
  world.now();
  EXPECT_EQ(world.listed(), std::set{bad.serial().hex()});
}

TEST(CrlPublisher, tells_of_trouble_with_the_bucket_and_comes_back) {
  World world;
  world.bucket.refuses = "the bucket does not exist";
  const auto bad = world.leaf();
  world.revoke(bad);
  world.now();
  EXPECT_FALSE(world.bucket.find(world.name));
  EXPECT_EQ(world.crl_publisher.counts().failed, 1U);
  EXPECT_TRUE(std::ranges::any_of(world.log_lines, [](const std::string& line) {
    return line.find("the bucket does not exist") != std::string::npos;
  }));
  world.bucket.refuses.reset();
  world.run_jobs_until(world.clock.now() + 1min);
  EXPECT_EQ(world.listed(), std::set{bad.serial().hex()});
}

TEST(CrlPublisher, numbers_grow_though_the_clock_goes_back) {
  World world;
  world.now();
  const auto first = world.number();
  world.clock.set(world.clock.now() - 24h);
  world.configure(seven_days());
  world.now();
  EXPECT_EQ(world.number(), first + 1);
}

// Another node publishes while this one has written its files: the newer list stays.
TEST(CrlPublisher, never_puts_an_older_list_over_a_newer_one) {
  World world;
  world.now();
  const auto bad = world.leaf();
  world.configure(seven_days());
  world.bucket.before_store = [&] {
    world.revoke(bad);
    CrlPublisher other(*world.database, world.clock, world.authorities, world.bucket,
                       world.announcements, world.log, world.settings);
    ASSERT_TRUE(other.publish({.kind = std::string(CrlPublisher::job_kind),
                               .key = "1",
                               .payload = {},
                               .due = world.clock.now(),
                               .attempt = 1}));
  };
  world.now();
  EXPECT_EQ(world.listed(), std::set{bad.serial().hex()});
}

TEST(CrlPublisher, has_many_entries_in_order_and_none_lost) {
  World world;
  std::set<std::string> revoked;
  for (int i = 0; i < 500; ++i) {
    const auto bad = world.leaf();
    world.revoke(bad);
    revoked.insert(bad.serial().hex());
  }
  world.now();
  EXPECT_EQ(world.listed(), revoked);
}

TEST(CrlPublisher, writes_each_list_into_the_issuance_log) {
  World world;
  world.now();
  world.revoke(world.leaf());
  world.now();
  const auto key = issuance::log::LogKey::open_or_create(*world.database, world.vault);
  const auto verified = *world.database->read([&](sql::Snapshot& view) {
    SignedCertificates certificates;
    return issuance::log::verify(view, certificates, key->public_key_info());
  });
  EXPECT_TRUE(verified.is_sound()) << verified.first_bad->what;
  EXPECT_EQ(verified.discarded, 2U);
}

}  // namespace
}  // namespace everseal::acmpca
