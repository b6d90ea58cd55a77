#include "x509/crl.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "asn1/der.h"
#include "asn1/time.h"
#include "x509/extension_writer.h"
#include "x509/test_crl.h"

namespace everseal::x509 {
namespace {

using asn1::DerWriter;
using asn1::Tag;
using crypto::KeyAlgorithm;
using testing::at;
using testing::entries;
using testing::entry;
using testing::noon;
using testing::TestCrl;

Bytes hex(std::string_view text) { return encoding::from_hex(text).value(); }
std::string to_hex(ByteView octets) { return encoding::to_hex(octets); }

std::string cause_of(const auto& result) { return result ? "" : result.error().cause; }

// ---- Entries

TEST(CrlEntry, is_a_serial_and_a_time_and_a_reason_unless_that_is_unspecified) {
  EXPECT_EQ(to_hex(entry("0a1b")),
            "3013"
            "02020a1b"
            "170d3235303330313132303030305a");
  EXPECT_EQ(to_hex(entry("0a1b", CrlReason::KeyCompromise)),
            "3021"
            "02020a1b"
            "170d3235303330313132303030305a"
            "300c300a0603551d1504030a0101");
}

TEST(CrlEntry, keeps_a_serial_positive_and_a_late_time_generalized) {
  EXPECT_EQ(to_hex(entry("ff")).substr(4, 8), "020200ff");
  EXPECT_EQ(to_hex(entry("0000ff")), to_hex(entry("ff")));
  EXPECT_EQ(to_hex(entry("01", CrlReason::Unspecified, at("2050-01-01T00:00:00Z"))),
            "3014"
            "020101"
            "180f32303530303130313030303030305a");
}

TEST(CrlEntries, are_read_in_their_order_with_all_that_they_say) {
  const Bytes run = testing::joined({entry("0a1b", CrlReason::Superseded), entry("ff"),
                                     entry("9a105f22710c43ee8d015b77a0c3de42aabbccdd",
                                           CrlReason::AaCompromise, at("2051-02-03T04:05:06Z"))});
  const auto parsed = CrlEntries::parse(run);
  ASSERT_TRUE(parsed) << cause_of(parsed);
  const std::vector<CrlEntry> all(parsed->begin(), parsed->end());
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(parsed->size(), 3U);
  EXPECT_EQ(to_hex(all[0].serial), "0a1b");
  EXPECT_EQ(all[0].revoked_at, noon);
  EXPECT_EQ(all[0].reason, CrlReason::Superseded);
  EXPECT_EQ(to_hex(all[1].serial), "ff");
  EXPECT_EQ(all[1].reason, CrlReason::Unspecified);
  EXPECT_EQ(to_hex(all[2].serial), "9a105f22710c43ee8d015b77a0c3de42aabbccdd");
  EXPECT_EQ(all[2].revoked_at, at("2051-02-03T04:05:06Z"));
  EXPECT_EQ(testing::joined({all[0].der, all[1].der, all[2].der}), run);
  EXPECT_TRUE(parsed->has(CrlReason::Superseded));
  EXPECT_FALSE(parsed->has(CrlReason::KeyCompromise));
}

TEST(CrlEntries, may_be_none) {
  const auto none = CrlEntries::parse({});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  EXPECT_TRUE(none->begin() == none->end());
}

TEST(CrlEntries, find_a_serial_however_it_was_spelled) {
  const Bytes run = entries(1000, CrlReason::Superseded);
  const auto parsed = CrlEntries::parse(run).value();
  const auto found = parsed.find(SerialNumber::parse("00:11:00:00:00:00:00:02:9a").value());
  ASSERT_TRUE(found);
  EXPECT_EQ(to_hex(found->serial), "110000000000029a");
  EXPECT_FALSE(parsed.find(SerialNumber::parse("11000000000003e9").value()));
}

TEST(CrlEntries, give_the_same_answers_for_encodings_that_are_not_ours) {
  const std::string time = "170d3235303330313132303030305a";
  const std::string reason = "300a0603551d1504030a0101";
  const std::string critical_reason = "300d0603551d150101ff04030a0101";
  const std::string date = "30180603551d180411180f32303234303330313132303030305a";
  for (const auto& extensions : {reason + date, date + reason, critical_reason}) {
    const auto size = extensions.size() / 2;
    const std::string list = "30" + to_hex(Bytes{static_cast<std::uint8_t>(size)}) + extensions;
    const std::string body = "02020a1b" + time + list;
    const Bytes run = hex("30" + to_hex(Bytes{static_cast<std::uint8_t>(body.size() / 2)}) + body);
    const auto parsed = CrlEntries::parse(run);
    ASSERT_TRUE(parsed) << cause_of(parsed);
    EXPECT_EQ(to_hex(parsed->begin()->serial), "0a1b");
    EXPECT_EQ(parsed->begin()->reason, CrlReason::KeyCompromise);
    EXPECT_EQ(parsed->begin()->der.size(), run.size());
    EXPECT_TRUE(parsed->has_extensions());
  }
}

// The quick look at the usual form has a calendar of its own.
TEST(CrlEntries, take_the_moments_that_there_are_and_no_others) {
  const auto expect_as_decoded = [](const std::string& digits) {
    const Bytes text = to_bytes(digits + "Z");
    const Bytes run = testing::joined({hex("3012"
                                           "020101"
                                           "170d"),
                                       text});
    const auto moment = asn1::decode_time(Tag::UtcTime, text);
    const auto parsed = CrlEntries::parse(run);
    ASSERT_EQ(parsed.has_value(), moment.has_value()) << digits;
    ASSERT_TRUE(!parsed || parsed->begin()->revoked_at == *moment) << digits;
  };
  const auto two = [](int number) { return std::to_string(100 + number).substr(1); };
  for (const int year : {0, 24, 25, 49, 50, 99}) {
    for (int month = 0; month < 100; ++month) {
      for (int day = 0; day < (month < 14 ? 100 : 2); ++day) {
        expect_as_decoded(two(year) + two(month) + two(day) + "120000");
      }
    }
  }
  for (int number = 0; number < 100; ++number) {
    expect_as_decoded("250301" + two(number) + "0000");
    expect_as_decoded("25030112" + two(number) + "00");
    expect_as_decoded("2503011200" + two(number));
  }
  for (std::size_t place = 0; place < 12; ++place) {
    for (int octet = 0; octet < 256; ++octet) {
      std::string digits = "250301120000";
      digits[place] = static_cast<char>(octet);
      expect_as_decoded(digits);
    }
  }
}

TEST(CrlEntries, refuse_what_no_issuer_may_write) {
  const std::string time = "170d3235303330313132303030305a";
  const std::string good =
      "3021"
      "02020a1b" +
      time + "300c300a0603551d1504030a0101";
  ASSERT_TRUE(CrlEntries::parse(hex(good)));
  const std::pair<std::string, std::string_view> bad[] = {
      {"3012"
       "020100" +
           time,
       "zero"},
      {"3012"
       "020180" +
           time,
       "negative"},
      {"3013"
       "0202007f" +
           time,
       "not minimal"},
      {"3026"
       "0215"
       "01" +
           std::string(40, '0') + time,
       "more than 20 octets"},
      {"3013"
       "02020a1b"
       "170d3235303333323132303030305a",
       "no such moment"},
      {"3015"
       "02020a1b"
       "180f32303235303330313132303030305a",
       "UTCTime"},
      {"3021"
       "02020a1b" +
           time + "300c300a0603551d1504030a0107",
       "no name"},
      {"3021"
       "02020a1b" +
           time + "300c300a0603551d1504030a010b",
       "no name"},
      {"3021"
       "02020a1b" +
           time + "300c300a0603551d1504030a01ff",
       "integer below 0"},
      {"302d"
       "02020a1b" +
           time + "3018300a0603551d1504030a0101300a0603551d1504030a0101",
       "twice"},
      {"3022"
       "02020a1b" +
           time +
           "300d300b0603551d1d0101ff0401"
           "00",
       "not known"},
      {"3015"
       "02020a1b" +
           time + "3000",
       "missing"},
      {"30810013"
       "02020a1b" +
           time,
       "not minimal"},
      {"3017"
       "02020a1b" +
           time + "04020500",
       "another value"},
      {good + "00", "another value"},
      {good + good.substr(0, 40), "cut off"},
      {"3100", "another value"},
  };
  for (const auto& [encoded, expected] : bad) {
    const auto parsed = CrlEntries::parse(hex(encoded));
    ASSERT_FALSE(parsed) << encoded;
    EXPECT_NE(cause_of(parsed).find(expected), std::string::npos) << cause_of(parsed);
  }
}

// ---- CRLs

TEST(Crl, says_what_was_written) {
  TestCrl made;
  made.run = testing::joined({entry("0a1b", CrlReason::KeyCompromise), entry("7f")});
  made.number = 1'519'676'905'984;
  made.distribution_point = "http://crl.example.com/crl/1.crl";
  const Bytes der = made.der();
  const auto crl = Crl::parse(der);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_EQ(crl->tbs().version, 2);
  EXPECT_EQ(crl->issuer(), made.issuer);
  EXPECT_EQ(crl->this_update(), made.this_update);
  EXPECT_EQ(crl->next_update(), made.next_update);
  EXPECT_EQ(crl->number()->small(), 1'519'676'905'984U);
  EXPECT_EQ(crl->tbs().authority_key->key_id, made.key_id);
  EXPECT_EQ(crl->tbs().distribution_point->uris(),
            std::vector<std::string>{"http://crl.example.com/crl/1.crl"});
  EXPECT_FALSE(crl->is_delta());
  EXPECT_EQ(crl->entries().size(), 2U);
  EXPECT_EQ(crl->find(SerialNumber::parse("0a1b").value())->reason, CrlReason::KeyCompromise);
  EXPECT_FALSE(crl->find(SerialNumber::parse("0a1c").value()));
  EXPECT_EQ(to_bytes(crl->tbs_der()), made.tbs());
}

TEST(Crl, marks_what_it_must_as_critical) {
  TestCrl made;
  made.distribution_point = "http://crl.example.com/crl/1.crl";
  made.base_number = 5;
  const Bytes der = made.der();
  const auto crl = Crl::parse(der).value();
  EXPECT_TRUE(crl.is_delta());
  EXPECT_EQ(crl.tbs().delta->base.small(), 5U);
  std::vector<std::pair<std::string, bool>> found;
  for (const auto& each : crl.tbs().extensions) found.emplace_back(each.type.text(), each.critical);
  EXPECT_EQ(
      found,
      (std::vector<std::pair<std::string, bool>>{
          {"2.5.29.35", false}, {"2.5.29.20", false}, {"2.5.29.27", true}, {"2.5.29.28", true}}));
}

TEST(Crl, without_revocations_has_no_list_of_them) {
  const Bytes der = TestCrl().der();
  EXPECT_TRUE(Crl::parse(der).value().entries().empty());
  DerWriter tbs;
  tbs.sequence([&] {
    tbs.integer(1);
    write_algorithm(tbs, TestCrl().algorithm);
    tbs.raw(TestCrl().issuer.der());
    tbs.time(noon);
    tbs.sequence([] {});
  });
  const Bytes with_empty_list = testing::around_tbs(tbs.written());
  EXPECT_NE(cause_of(Crl::parse(with_empty_list)).find("empty list"), std::string::npos);
}

TEST(Crl, is_read_back_whatever_the_lengths_are) {
  for (std::size_t count = 0; count < 300; ++count) {
    TestCrl made;
    made.run = entries(count);
    const Bytes der = made.der();
    const auto crl = Crl::parse(der);
    ASSERT_TRUE(crl) << count << cause_of(crl);
    EXPECT_EQ(crl->entries().size(), count);
    ASSERT_TRUE(asn1::Der::parse(der));
    const auto parts = made.parts();
    ASSERT_TRUE(TbsCrl::parse_around(parts.head, made.run.size(), parts.tail));
  }
  TestCrl large;
  large.run = entries(100'000, CrlReason::Superseded);
  const Bytes der = large.der();
  EXPECT_EQ(Crl::parse(der).value().entries().size(), 100'000U);
}

TEST(Crl, is_read_around_its_entries_if_all_lengths_are_those_of_the_whole) {
  TestCrl made;
  made.run = entries(10);
  const auto [head, tail] = made.parts();
  const auto tbs = TbsCrl::parse_around(head, made.run.size(), tail);
  ASSERT_TRUE(tbs) << cause_of(tbs);
  EXPECT_EQ(tbs->number->small(), 7U);
  EXPECT_FALSE(TbsCrl::parse_around(head, made.run.size() - 1, tail));
  EXPECT_FALSE(TbsCrl::parse_around(head, 0, tail));
  EXPECT_FALSE(TbsCrl::parse_around(head, made.run.size(), {}));
  EXPECT_FALSE(TbsCrl::parse_around(head, made.run.size(), testing::joined({tail, tail})));
  EXPECT_FALSE(TbsCrl::parse_around(ByteView(head).first(head.size() - 1), made.run.size(), tail));
  EXPECT_FALSE(TbsCrl::parse_around({}, 0, {}));
  const auto without = TestCrl().parts();
  EXPECT_TRUE(TbsCrl::parse_around(without.head, 0, without.tail));
  EXPECT_FALSE(TbsCrl::parse_around(without.head, made.run.size(), without.tail));
}

TEST(Crl, writes_times_from_2050_on_as_generalized) {
  TestCrl made;
  made.this_update = at("2049-12-31T23:59:59Z");
  made.next_update = at("2050-01-01T00:00:00Z");
  const Bytes der = made.der();
  const auto crl = Crl::parse(der);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_EQ(crl->this_update(), made.this_update);
  EXPECT_EQ(crl->next_update(), made.next_update);
  EXPECT_NE(to_hex(der).find("170d3439313233313233353935395a180f32303530303130313030303030305a"),
            std::string::npos);
}

// A CRL with extensions of one's own, or of version 1.
Bytes crl_with(const std::vector<Extension>& extensions, int version = 2, ByteView run = {},
               TimePoint next_update = noon) {
  DerWriter tbs;
  tbs.sequence([&] {
    if (version == 2) tbs.integer(1);
    if (version > 2) tbs.integer(static_cast<std::uint64_t>(version) - 1);
    write_algorithm(tbs, TestCrl().algorithm);
    tbs.raw(TestCrl().issuer.der());
    tbs.time(noon);
    tbs.time(next_update);
    if (!run.empty()) tbs.element(Tag::Sequence, run);
    if (extensions.empty()) return;
    tbs.constructed(asn1::context_constructed(0), [&] { write_extensions(tbs, extensions); });
  });
  return testing::around_tbs(tbs.written());
}

TEST(Crl, of_version_1_has_no_extensions_anywhere) {
  const Bytes good = crl_with({}, 1, entry("0a1b"));
  const auto crl = Crl::parse(good);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_EQ(crl->tbs().version, 1);
  EXPECT_FALSE(crl->number());
  EXPECT_FALSE(Crl::parse(crl_with({to_extension(CrlNumber::of(1))}, 1)));
  EXPECT_FALSE(Crl::parse(crl_with({}, 1, entry("0a1b", CrlReason::Superseded))));
  EXPECT_FALSE(Crl::parse(crl_with({}, 3)));
}

TEST(Crl, is_refused_for_what_one_must_know_and_does_not) {
  const asn1::Oid unknown("1.3.6.1.4.1.99999.1");
  EXPECT_TRUE(Crl::parse(crl_with({{unknown, false, {0x05, 0x00}}})));
  const auto critical = Crl::parse(crl_with({{unknown, true, {0x05, 0x00}}}));
  EXPECT_NE(cause_of(critical).find("1.3.6.1.4.1.99999.1 is not known"), std::string::npos);
  auto point = IssuingDistributionPoint::at("http://crl.example.com/1.crl");
  EXPECT_TRUE(Crl::parse(crl_with({to_extension(point)})));
  point.is_indirect = true;
  EXPECT_NE(cause_of(Crl::parse(crl_with({to_extension(point)}))).find("several issuers"),
            std::string::npos);
}

TEST(Crl, is_refused_if_it_contradicts_itself) {
  EXPECT_FALSE(Crl::parse(crl_with({}, 2, {}, noon - std::chrono::seconds(1))));
  TestCrl made;
  const Bytes tbs = made.tbs();
  const auto other =
      assemble_crl(tbs.size(), crypto::SignatureAlgorithm::Sha384WithEcdsa, Bytes(70, 1));
  EXPECT_NE(cause_of(Crl::parse(testing::joined({other.head, tbs, other.tail})))
                .find("two different signature algorithms"),
            std::string::npos);
  const auto twice = to_extension(CrlNumber::of(1));
  EXPECT_FALSE(Crl::parse(crl_with({twice, twice})));
}

TEST(Crl, may_lack_next_update_if_it_comes_from_others) {
  DerWriter tbs;
  tbs.sequence([&] {
    write_algorithm(tbs, TestCrl().algorithm);
    tbs.raw(TestCrl().issuer.der());
    tbs.time(noon);
  });
  const Bytes der = testing::around_tbs(tbs.written());
  const auto crl = Crl::parse(der);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_FALSE(crl->next_update());
}

TEST(Crl, is_verified_with_the_key_that_signed_it_and_with_no_other) {
  for (const auto algorithm :
       {KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Rsa2048}) {
    const auto key = crypto::PrivateKey::generate(algorithm).value();
    const auto other = crypto::PrivateKey::generate(KeyAlgorithm::P256).value();
    TestCrl made;
    made.algorithm = crypto::natural_signature(algorithm);
    made.run = entries(3);
    Bytes der = made.der(key);
    EXPECT_TRUE(verify_crl(Crl::parse(der).value(), key.public_key_info()));
    EXPECT_FALSE(verify_crl(Crl::parse(der).value(), other.public_key_info()));
    der.back() ^= 1;
    EXPECT_FALSE(verify_crl(Crl::parse(der).value(), key.public_key_info()));
  }
}

// ---- Values of extensions

TEST(CrlNumber, is_a_number_of_at_most_20_octets) {
  for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{127},
                                     std::uint64_t{128}, ~std::uint64_t{0}}) {
    const auto extension = to_extension(CrlNumber::of(number));
    EXPECT_EQ(CrlNumber::parse(extension.value).value(), CrlNumber::of(number));
    EXPECT_EQ(CrlNumber::of(number).small(), number);
  }
  const auto longest = CrlNumber::parse(hex("0215"
                                            "00" +
                                            std::string(40, 'f')))
                           .value();
  EXPECT_EQ(longest.magnitude, Bytes(20, 0xff));
  EXPECT_FALSE(longest.small());
  EXPECT_FALSE(
      CrlNumber::parse(hex("0215"
                           "01" +
                           std::string(40, '0'))));
  EXPECT_FALSE(CrlNumber::parse(hex("0201ff")));
  EXPECT_FALSE(CrlNumber::parse(hex("02020001")));
}

TEST(IssuingDistributionPoint, is_read_as_it_was_written) {
  IssuingDistributionPoint all = IssuingDistributionPoint::at("http://a.example/1.crl");
  all.only_ca_certificates = true;
  all.only_reasons = 0x0012;
  all.is_indirect = true;
  const auto parsed = IssuingDistributionPoint::parse(to_extension(all).value);
  ASSERT_TRUE(parsed) << cause_of(parsed);
  EXPECT_EQ(*parsed, all);
}

TEST(IssuingDistributionPoint, is_neither_empty_nor_of_two_kinds) {
  EXPECT_FALSE(IssuingDistributionPoint::parse(hex("3000")));
  EXPECT_FALSE(IssuingDistributionPoint::parse(hex("3002a000")));
  EXPECT_TRUE(IssuingDistributionPoint::parse(hex("30038101ff")));
  EXPECT_FALSE(IssuingDistributionPoint::parse(hex("3003810100")));
  EXPECT_FALSE(IssuingDistributionPoint::parse(hex("30068101ff8201ff")));
}

}  // namespace
}  // namespace everseal::x509
