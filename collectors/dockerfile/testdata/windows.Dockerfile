# escape=`
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
SHELL ["powershell", "-Command"]
ENV A="b c" `
    D=C:\temp\
WORKDIR C:\app
RUN Write-Host a ; `
    cargo build --release
USER ContainerAdministrator
