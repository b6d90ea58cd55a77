#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace everseal::acmpca {

// What can be wrong with what is published for relying parties.
enum class Alarm {
  CrlUnreachable,
  CrlInvalid,
  CrlStale,
  CrlIncomplete,
  CrlMisplaced,
  CrlLarge,
  OcspUnreachable,
  OcspInvalid,
  OcspStale,
  OcspResponderEnds,
};
struct NamedAlarm {
  Alarm alarm;
  std::string_view event;  // the name of the event that tells of it
};
inline constexpr auto all_alarms = std::to_array<NamedAlarm>({
    {Alarm::CrlUnreachable, "revocation.crl_unreachable"},
    {Alarm::CrlInvalid, "revocation.crl_invalid"},
    {Alarm::CrlStale, "revocation.crl_stale"},
    {Alarm::CrlIncomplete, "revocation.crl_incomplete"},
    {Alarm::CrlMisplaced, "revocation.crl_misplaced"},
    {Alarm::CrlLarge, "revocation.crl_large"},
    {Alarm::OcspUnreachable, "revocation.ocsp_unreachable"},
    {Alarm::OcspInvalid, "revocation.ocsp_invalid"},
    {Alarm::OcspStale, "revocation.ocsp_stale"},
    {Alarm::OcspResponderEnds, "revocation.ocsp_responder_ends"},
});
constexpr std::string_view event_of(Alarm alarm) {
  return all_alarms[static_cast<std::size_t>(alarm)].event;
}

// One of them, and in what way: a sentence without its dot.
struct Finding {
  Alarm alarm;
  std::string detail;
};

}  // namespace everseal::acmpca
