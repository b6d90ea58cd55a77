#include <gtest/gtest.h>

#include "encoding/hex.h"
#include "result/testing/need.h"
#include "services/acmpca/certificates/revocation_store.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/older_release.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::TestCa;
using x509::CrlReason;

// A CA and a certificate of a year.
struct World : TestCa {
  AuthorityArn ca = active_root();
  x509::Certificate leaf = issue(order(ca, csr_for("app.internal")));

  std::string revoke(const std::string& serial,
                     RevocationReason reason = RevocationReason::KeyCompromise) {
    const auto answer = run<RevokeCertificate>({ca, serial, reason});
    return std::string(answer ? "done" : answer.error().code);
  }
  std::optional<RevocationStatus> found(const x509::SerialNumber& serial) {
    return *database->read(
        [&](sql::Snapshot& view) { return find_revocation(view, stored(ca).id, serial.octets()); });
  }
};

TEST(RevokeCertificate, is_for_good_and_says_when_and_why) {
  World world;
  EXPECT_FALSE(world.found(world.leaf.serial()));
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "done");
  const auto revoked = world.found(world.leaf.serial());
  ASSERT_TRUE(revoked);
  EXPECT_EQ(revoked->revoked_at, world.clock.now());
  EXPECT_EQ(revoked->reason, CrlReason::KeyCompromise);
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "RequestAlreadyProcessedException");
}

// Serial numbers, and how many there are in all.
using Revoked = std::pair<std::set<std::string>, std::int64_t>;

// After the first so many.
Revoked revoked_since(World& world, std::int64_t after) {
  const auto ca = world.stored(world.ca).id;
  return need(world.database->read([&](sql::Snapshot& view) -> Result<Revoked> {
    Revoked revoked;
    need(each_revoked_serial(
        view, ca, after, [&](ByteView serial) { revoked.first.insert(encoding::to_hex(serial)); }));
    revoked.second = need(count_revocations(view, ca));
    return revoked;
  }));
}

TEST(RevokeCertificate, is_counted_and_known_to_be_new) {
  World world;
  EXPECT_EQ(revoked_since(world, 0), Revoked({}, 0));
  std::vector<std::string> serials;
  for (int revoked = 0; revoked < 3; ++revoked) {
    const auto leaf = world.issue(world.order(world.ca, csr_for("app.internal")));
    EXPECT_EQ(world.revoke(leaf.serial().hex()), "done");
    serials.push_back(leaf.serial().plain_hex());
  }
  EXPECT_EQ(revoked_since(world, 1), Revoked({serials[1], serials[2]}, 3));
  EXPECT_TRUE(revoked_since(world, 3).first.empty());

  // By a release that did not count.
  testing::undo_migrations_from(*world.database, "0011_revocation_numbers");
  testing::migrate(*world.database);
  EXPECT_EQ(revoked_since(world, 0).first, std::set(serials.begin(), serials.end()));
  EXPECT_EQ(revoked_since(world, 2).first.size(), 1U);
}

TEST(RevokeCertificate, takes_a_serial_in_any_spelling) {
  World world;
  auto spelled = world.leaf.serial().plain_hex();
  for (auto& letter : spelled) letter = static_cast<char>(std::toupper(letter));
  EXPECT_EQ(world.revoke("00" + spelled), "done");
  EXPECT_EQ(world.revoke(world.leaf.serial().plain_hex()), "RequestAlreadyProcessedException");
}

TEST(RevokeCertificate, knows_every_reason_of_the_api) {
  World world;
  const std::pair<RevocationReason, CrlReason> reasons[] = {
      {RevocationReason::Unspecified, CrlReason::Unspecified},
      {RevocationReason::KeyCompromise, CrlReason::KeyCompromise},
      {RevocationReason::CertificateAuthorityCompromise, CrlReason::CaCompromise},
      {RevocationReason::AffiliationChanged, CrlReason::AffiliationChanged},
      {RevocationReason::Superseded, CrlReason::Superseded},
      {RevocationReason::CessationOfOperation, CrlReason::CessationOfOperation},
      {RevocationReason::PrivilegeWithdrawn, CrlReason::PrivilegeWithdrawn},
      {RevocationReason::AACompromise, CrlReason::AaCompromise},
  };
  for (const auto& [asked, meant] : reasons) {
    const auto leaf = world.issue(world.order(world.ca, csr_for("app.internal")));
    EXPECT_EQ(world.revoke(leaf.serial().hex(), asked), "done");
    EXPECT_EQ(world.found(leaf.serial())->reason, meant);
  }
}

TEST(RevokeCertificate, refuses_what_it_cannot_revoke) {
  World world;
  EXPECT_EQ(world.revoke("c0ffee"), "ResourceNotFoundException");
  EXPECT_EQ(world.revoke("no serial"), "InvalidRequestException");
  EXPECT_EQ(world.revoke(""), "InvalidRequestException");
  const auto own = x509::Certificate::parse(world.stored(world.ca).installed->der);
  const auto answer = world.run<RevokeCertificate>(
      {world.ca, own->serial().hex(), RevocationReason::KeyCompromise});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "InvalidRequestException");
  EXPECT_EQ(answer.error().message, "Self-signed certificate can not be revoked.");
  world.clock.set(world.leaf.validity().not_after + std::chrono::seconds{1});
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "InvalidRequestException");
}

TEST(RevokeCertificate, needs_a_ca_that_is_active_or_disabled) {
  World world;
  const auto other = world.issue(world.order(world.ca, csr_for("other.internal")));
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  EXPECT_EQ(world.revoke(other.serial().hex()), "done");
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({world.ca, std::nullopt}));
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "InvalidStateException");
}

TEST(RevokeCertificate, revokes_a_ca_below) {
  World world;
  const auto below = world.active_subordinate(world.ca, "SubordinateCACertificate_PathLen0", 100);
  const auto certificate = x509::Certificate::parse(world.stored(below).installed->der);
  EXPECT_EQ(
      world.revoke(certificate->serial().hex(), RevocationReason::CertificateAuthorityCompromise),
      "done");
}

}  // namespace
}  // namespace everseal::acmpca
