#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "asn1/der.h"
#include "asn1/time.h"
#include "x509/test_crl.h"
#include "x509/test_property.h"

namespace everseal::x509 {
namespace {

using testing::check;
using testing::kMutations;
using testing::mutated;
using testing::TestCrl;

TimePoint some_time() {
  const auto first = to_millis(testing::at("1900-01-01T00:00:00Z")) / 1000;
  return from_millis(*rc::gen::inRange(first, to_millis(asn1::no_expiry()) / 1000) * 1000);
}

CrlReason some_reason() {
  using enum CrlReason;
  return *rc::gen::element(Unspecified, KeyCompromise, CaCompromise, AffiliationChanged, Superseded,
                           CessationOfOperation, CertificateHold, RemoveFromCrl, PrivilegeWithdrawn,
                           AaCompromise);
}

struct SomeEntry {
  Bytes serial = *rc::gen::container<Bytes>(*rc::gen::inRange<std::size_t>(1, 21),
                                            rc::gen::arbitrary<std::uint8_t>());
  TimePoint revoked_at = some_time();
  CrlReason reason = some_reason();

  SomeEntry() {
    if (serial[0] == 0) serial[0] = 1;
  }
  void append_to(Bytes& run) const { append_crl_entry(run, serial, revoked_at, reason); }
};

std::vector<SomeEntry> some_entries() {
  return std::vector<SomeEntry>(*rc::gen::inRange<std::size_t>(0, 5));
}

Bytes run_of(const std::vector<SomeEntry>& entries) {
  Bytes run;
  for (const auto& entry : entries) entry.append_to(run);
  return run;
}

TestCrl some_crl() {
  TestCrl made;
  made.this_update = some_time();
  made.next_update = std::max(some_time(), made.this_update);
  made.number = *rc::gen::arbitrary<std::uint64_t>();
  if (*rc::gen::arbitrary<bool>()) made.base_number = *rc::gen::arbitrary<std::uint64_t>();
  if (*rc::gen::arbitrary<bool>()) made.distribution_point = "http://crl.example.com/crl/1.crl";
  made.run = run_of(some_entries());
  return made;
}

TEST(CrlEntryProperty, what_is_written_is_read_back) {
  check([] {
    const auto made = some_entries();
    const Bytes run = run_of(made);
    const auto entries = CrlEntries::parse(run);
    RC_ASSERT(entries.has_value());
    RC_ASSERT(entries->size() == made.size());
    std::size_t index = 0;
    for (const CrlEntry& entry : *entries) {
      RC_ASSERT(to_bytes(entry.serial) == made[index].serial);
      RC_ASSERT(entry.revoked_at == made[index].revoked_at);
      RC_ASSERT(entry.reason == made[index].reason);
      ++index;
    }
  });
}

// The quick look at the usual form must not take anything that DER forbids. What others may add
// (an explicit reason of "unspecified", other extensions) makes an entry longer than ours.
TEST(CrlEntryProperty, one_that_is_taken_is_der_and_no_shorter_than_ours) {
  check([] {
    Bytes run;
    SomeEntry().append_to(run);
    for (int round = 0; round < kMutations; ++round) {
      const Bytes changed = mutated(run);
      const auto entries = CrlEntries::parse(changed);
      if (!entries) continue;
      for (const CrlEntry& entry : *entries) {
        RC_ASSERT(asn1::Der::parse(to_bytes(entry.der)).has_value());
        Bytes ours;
        append_crl_entry(ours, entry.serial, entry.revoked_at, entry.reason);
        RC_ASSERT(ours.size() <= entry.der.size());
        RC_ASSERT(ours.size() < entry.der.size() || ours == to_bytes(entry.der));
      }
    }
  });
}

TEST(CrlProperty, what_is_built_is_read_back) {
  check([] {
    const TestCrl made = some_crl();
    const Bytes der = made.der();
    const auto crl = Crl::parse(der);
    RC_ASSERT(crl.has_value());
    RC_ASSERT(crl->this_update() == made.this_update);
    RC_ASSERT(crl->next_update() == made.next_update);
    RC_ASSERT(crl->number()->small() == made.number);
    RC_ASSERT(crl->is_delta() == made.base_number.has_value());
    RC_ASSERT(crl->tbs().distribution_point.has_value() == made.distribution_point.has_value());
    RC_ASSERT(to_bytes(crl->entries().der()) == made.run);
    RC_ASSERT(to_bytes(crl->tbs_der()) == made.tbs());
    const auto parts = made.parts();
    RC_ASSERT(TbsCrl::parse_around(parts.head, made.run.size(), parts.tail).has_value());
  });
}

TEST(CrlProperty, a_changed_one_does_no_harm_and_is_der_if_it_is_taken) {
  check([] {
    const Bytes der = some_crl().der();
    for (int round = 0; round < kMutations; ++round) {
      const Bytes changed = mutated(der);
      const auto crl = Crl::parse(changed);
      if (!crl) continue;
      RC_ASSERT(asn1::Der::parse(changed).has_value());
      std::size_t octets = 0;
      for (const CrlEntry& entry : crl->entries()) octets += entry.der.size();
      RC_ASSERT(octets == crl->entries().der().size());
    }
  });
}

TEST(CrlProperty, nothing_may_follow_or_be_missing) {
  check([] {
    Bytes der = some_crl().der();
    const auto size = *rc::gen::inRange<std::size_t>(0, der.size());
    RC_ASSERT(!Crl::parse(ByteView(der).first(size)));
    der.push_back(*rc::gen::arbitrary<std::uint8_t>());
    RC_ASSERT(!Crl::parse(der));
  });
}

// What is read around the entries is what is read of the whole.
TEST(CrlProperty, parts_are_refused_when_the_whole_is) {
  check([] {
    const TestCrl made = some_crl();
    const auto parts = made.parts();
    for (int round = 0; round < kMutations; ++round) {
      const Bytes head = mutated(parts.head);
      const Bytes tail = *rc::gen::arbitrary<bool>() ? parts.tail : mutated(parts.tail);
      const auto around = TbsCrl::parse_around(head, made.run.size(), tail);
      if (!around) continue;
      const Bytes tbs = testing::joined({head, made.run, tail});
      const auto outer = assemble_crl(tbs.size(), made.algorithm, Bytes(70, 0x5a));
      const Bytes der = testing::joined({outer.head, tbs, outer.tail});
      const auto crl = Crl::parse(der);
      // Only what the parts do not know may be wrong with the whole.
      const bool other_algorithm =
          signature_algorithm(around->signature_algorithm) != made.algorithm;
      RC_ASSERT(crl.has_value() || other_algorithm || around->version == 1);
      if (crl) RC_ASSERT(crl->number() == around->number);
    }
  });
}

}  // namespace
}  // namespace everseal::x509
