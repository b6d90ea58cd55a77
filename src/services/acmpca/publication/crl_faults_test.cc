#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "asn1/pem.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/crl.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::TestCa;

// A bucket that remembers each object that it was given, in the order in which they took their
// places, and that fails at a step of a publication.
class Recorder final : public ObjectSink {
 public:
  struct Object {
    std::string key;
    Bytes content;
  };

  Outcome check(const Target&) override { return step(); }
  Result<bool> has_bucket(const Target&) override { return true; }
  Result<std::unique_ptr<Pending>> begin(const Target& target) override {
    if (const auto done = step(); !done) return done.error();
    return std::unique_ptr<Pending>(std::make_unique<Written>(*this, target.key));
  }

  std::vector<Object> objects() const {
    const std::lock_guard lock(mutex_);
    return objects_;
  }

  // The step that fails; 0: none.
  std::atomic<int> fails_at{0};

 private:
  class Written final : public Pending {
   public:
    Written(Recorder& recorder, std::string key)
        : recorder_(recorder), object_{std::move(key), {}} {}
    Outcome append(ByteView octets) override {
      object_.content.insert(object_.content.end(), octets.begin(), octets.end());
      return recorder_.step();
    }
    Outcome finish() override { return recorder_.step(); }
    Outcome store(sql::Transaction& tx) override {
      tx.after_commit([&recorder = recorder_, object = object_] {
        const std::lock_guard lock(recorder.mutex_);
        recorder.objects_.push_back(object);
      });
      return recorder_.step();
    }

   private:
    Recorder& recorder_;
    Object object_;
  };

  Outcome step() {
    int left = fails_at.load();
    while (left > 0 && !fails_at.compare_exchange_weak(left, left - 1)) {
    }
    if (left == 1) return Fault::unavailable("the disk is full");
    return {};
  }

  mutable std::mutex mutex_;
  std::vector<Object> objects_;  // guarded by mutex_
};

// What a list says.
struct List {
  std::uint64_t number;
  std::set<std::string> serials;
};

List read_list(const Bytes& der) {
  const auto crl = x509::Crl::parse(der);
  List list{.number = *crl->number()->small(), .serials = {}};
  for (const auto& entry : crl->entries()) {
    list.serials.insert(x509::SerialNumber::from_octets(entry.serial)->hex());
  }
  return list;
}

// A CA whose lists go to a recorder.
struct World : TestCa {
  AuthorityArn ca = active_root();
  Recorder recorder;
  std::set<std::string> revoked;

  World() {
    const CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
    if (!run<UpdateCertificateAuthority>(
            {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt})) {
      throw std::runtime_error("CRLs cannot be switched on");
    }
  }
  std::string new_serial() {
    return issue(order(ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(365)))
        .serial()
        .hex();
  }
  void revoke(const std::string& serial) {
    if (!run<RevokeCertificate>({ca, serial, RevocationReason::Superseded})) {
      throw std::runtime_error("cannot revoke");
    }
    revoked.insert(serial);
  }
  CrlPublisher publisher() {
    return {*database, clock, authorities, recorder, announcements, log, settings};
  }
  // Whether a list took its place.
  bool publish() {
    auto one = publisher();
    const auto done = one.publish({.kind = std::string(CrlPublisher::job_kind),
                                   .key = "1",
                                   .payload = {},
                                   .due = clock.now(),
                                   .attempt = 1});
    if (!done) throw std::runtime_error(done.error().cause);
    return one.counts().published == 1;
  }
  // All DER lists, in their order; each is followed by its PEM.
  std::vector<List> lists() {
    std::vector<List> all;
    const auto objects = recorder.objects();
    for (std::size_t i = 0; i < objects.size(); i += 2) {
      all.push_back(read_list(objects[i].content));
      EXPECT_EQ(as_text(objects.at(i + 1).content),
                asn1::Pem::print(asn1::kCrlLabel, objects[i].content));
    }
    return all;
  }
};

void expect_no_list_older_than_the_one_before(const std::vector<List>& lists) {
  for (std::size_t i = 1; i < lists.size(); ++i) {
    EXPECT_GT(lists[i].number, lists[i - 1].number);
    EXPECT_TRUE(std::ranges::includes(lists[i].serials, lists[i - 1].serials)) << i;
  }
}

TEST(CrlFaults, leave_the_last_list_at_whatever_step_they_come) {
  World world;
  ASSERT_TRUE(world.publish());
  int step = 1;
  for (bool has_failed = true; has_failed; ++step) {
    const auto before = world.recorder.objects().size();
    world.revoke(world.new_serial());
    world.recorder.fails_at = step;
    has_failed = !world.publish();
    world.recorder.fails_at = 0;
    if (!has_failed) break;
    EXPECT_EQ(world.recorder.objects().size(), before) << "step " << step;
    ASSERT_TRUE(world.publish()) << "step " << step;
    EXPECT_EQ(world.lists().back().serials, world.revoked) << "step " << step;
  }
  EXPECT_GE(step, 9);  // two files are begun, written, finished and stored
  expect_no_list_older_than_the_one_before(world.lists());
  EXPECT_EQ(world.lists().back().serials, world.revoked);
}

TEST(CrlFaults, never_put_an_older_list_over_a_newer_one_when_publications_race) {
  World world;
  std::vector<std::string> serials;
  for (int i = 0; i < 40; ++i) serials.push_back(world.new_serial());
  std::atomic<bool> ends = false;
  std::vector<std::jthread> publishers;
  for (int i = 0; i < 4; ++i) {
    publishers.emplace_back([&] {
      while (!ends) world.publish();
    });
  }
  for (const auto& serial : serials) world.revoke(serial);
  ends = true;
  publishers.clear();
  world.clock.set(world.clock.now() + std::chrono::seconds{1});
  ASSERT_TRUE(world.publish());
  const auto lists = world.lists();
  expect_no_list_older_than_the_one_before(lists);
  EXPECT_EQ(lists.back().serials, world.revoked);
  EXPECT_EQ(lists.back().serials.size(), serials.size());
}

TEST(CrlFaults, of_the_clock_neither_repeat_a_number_nor_lose_an_entry) {
  World world;
  world.revoke(world.new_serial());
  ASSERT_TRUE(world.publish());
  for (const auto jump : {std::chrono::hours{24 * 30}, std::chrono::hours{-24 * 29},
                          std::chrono::hours{1}, std::chrono::hours{-1}}) {
    world.clock.set(world.clock.now() + jump);
    world.revoke(world.new_serial());
    ASSERT_TRUE(world.publish());
    const auto octets = world.recorder.objects();
    const auto crl = x509::Crl::parse(octets.at(octets.size() - 2).content);
    EXPECT_EQ(crl->next_update(), world.clock.now() + std::chrono::hours{24 * 7});
  }
  expect_no_list_older_than_the_one_before(world.lists());
  EXPECT_EQ(world.lists().back().serials, world.revoked);
}

}  // namespace
}  // namespace everseal::acmpca
