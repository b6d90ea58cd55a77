#pragma once

#include <array>

#include "aws/fields.h"

// The enumerations of ELBv2's model.
namespace everseal::elbv2 {

enum class Scheme { InternetFacing, Internal };
enum class LoadBalancerType { Application, Network, Gateway };
enum class LoadBalancerState { Active, Provisioning, ActiveImpaired, Failed };
enum class IpAddressType { Ipv4, Dualstack, DualstackWithoutPublicIpv4 };
enum class TargetAddressType { Ipv4, Ipv6 };
enum class Switch { On, Off };
enum class Protocol { Http, Https, Tcp, Tls, Udp, TcpUdp, Geneve, Quic, TcpQuic };
enum class TargetType { Instance, Ip, Lambda, Alb };
enum class TargetState {
  Initial,
  Healthy,
  Unhealthy,
  UnhealthyDraining,
  Unused,
  Draining,
  Unavailable
};
enum class ActionType {
  Forward,
  AuthenticateOidc,
  AuthenticateCognito,
  Redirect,
  FixedResponse,
  JwtValidation
};
enum class RedirectStatus { Http301, Http302 };
enum class AssociationStatus { Active, Removed };

}  // namespace everseal::elbv2

namespace everseal::aws {

template <>
inline constexpr auto names_of<elbv2::Scheme> = std::to_array<EnumName<elbv2::Scheme>>(
    {{elbv2::Scheme::InternetFacing, "internet-facing"}, {elbv2::Scheme::Internal, "internal"}});
template <>
inline constexpr auto names_of<elbv2::LoadBalancerType> =
    std::to_array<EnumName<elbv2::LoadBalancerType>>(
        {{elbv2::LoadBalancerType::Application, "application"},
         {elbv2::LoadBalancerType::Network, "network"},
         {elbv2::LoadBalancerType::Gateway, "gateway"}});
template <>
inline constexpr auto names_of<elbv2::LoadBalancerState> =
    std::to_array<EnumName<elbv2::LoadBalancerState>>(
        {{elbv2::LoadBalancerState::Active, "active"},
         {elbv2::LoadBalancerState::Provisioning, "provisioning"},
         {elbv2::LoadBalancerState::ActiveImpaired, "active_impaired"},
         {elbv2::LoadBalancerState::Failed, "failed"}});
template <>
inline constexpr auto names_of<elbv2::IpAddressType> =
    std::to_array<EnumName<elbv2::IpAddressType>>(
        {{elbv2::IpAddressType::Ipv4, "ipv4"},
         {elbv2::IpAddressType::Dualstack, "dualstack"},
         {elbv2::IpAddressType::DualstackWithoutPublicIpv4, "dualstack-without-public-ipv4"}});
template <>
inline constexpr auto names_of<elbv2::TargetAddressType> =
    std::to_array<EnumName<elbv2::TargetAddressType>>(
        {{elbv2::TargetAddressType::Ipv4, "ipv4"}, {elbv2::TargetAddressType::Ipv6, "ipv6"}});
template <>
inline constexpr auto names_of<elbv2::Switch> = std::to_array<EnumName<elbv2::Switch>>(
    {{elbv2::Switch::On, "on"}, {elbv2::Switch::Off, "off"}});
template <>
inline constexpr auto names_of<elbv2::Protocol> =
    std::to_array<EnumName<elbv2::Protocol>>({{elbv2::Protocol::Http, "HTTP"},
                                              {elbv2::Protocol::Https, "HTTPS"},
                                              {elbv2::Protocol::Tcp, "TCP"},
                                              {elbv2::Protocol::Tls, "TLS"},
                                              {elbv2::Protocol::Udp, "UDP"},
                                              {elbv2::Protocol::TcpUdp, "TCP_UDP"},
                                              {elbv2::Protocol::Geneve, "GENEVE"},
                                              {elbv2::Protocol::Quic, "QUIC"},
                                              {elbv2::Protocol::TcpQuic, "TCP_QUIC"}});
template <>
inline constexpr auto names_of<elbv2::TargetType> =
    std::to_array<EnumName<elbv2::TargetType>>({{elbv2::TargetType::Instance, "instance"},
                                                {elbv2::TargetType::Ip, "ip"},
                                                {elbv2::TargetType::Lambda, "lambda"},
                                                {elbv2::TargetType::Alb, "alb"}});
template <>
inline constexpr auto names_of<elbv2::TargetState> = std::to_array<EnumName<elbv2::TargetState>>(
    {{elbv2::TargetState::Initial, "initial"},
     {elbv2::TargetState::Healthy, "healthy"},
     {elbv2::TargetState::Unhealthy, "unhealthy"},
     {elbv2::TargetState::UnhealthyDraining, "unhealthy.draining"},
     {elbv2::TargetState::Unused, "unused"},
     {elbv2::TargetState::Draining, "draining"},
     {elbv2::TargetState::Unavailable, "unavailable"}});
template <>
inline constexpr auto names_of<elbv2::ActionType> = std::to_array<EnumName<elbv2::ActionType>>(
    {{elbv2::ActionType::Forward, "forward"},
     {elbv2::ActionType::AuthenticateOidc, "authenticate-oidc"},
     {elbv2::ActionType::AuthenticateCognito, "authenticate-cognito"},
     {elbv2::ActionType::Redirect, "redirect"},
     {elbv2::ActionType::FixedResponse, "fixed-response"},
     {elbv2::ActionType::JwtValidation, "jwt-validation"}});
template <>
inline constexpr auto names_of<elbv2::RedirectStatus> =
    std::to_array<EnumName<elbv2::RedirectStatus>>({{elbv2::RedirectStatus::Http301, "HTTP_301"},
                                                    {elbv2::RedirectStatus::Http302, "HTTP_302"}});
template <>
inline constexpr auto names_of<elbv2::AssociationStatus> =
    std::to_array<EnumName<elbv2::AssociationStatus>>(
        {{elbv2::AssociationStatus::Active, "active"},
         {elbv2::AssociationStatus::Removed, "removed"}});

}  // namespace everseal::aws
